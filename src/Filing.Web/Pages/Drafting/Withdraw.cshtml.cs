using Filing.Domain;
using Filing.Features.Drafting;
using Filing.Pipeline;
using Filing.Web.Pages.Steps;
using Microsoft.AspNetCore.Mvc;

namespace Filing.Web.Pages.Drafting;

/// <summary>撤回送审.</summary>
public sealed class WithdrawModel : ActPage<Done>
{
    /// <summary>Why.</summary>
    [BindProperty]
    public string? Reason { get; set; }

    /// <inheritdoc/>
    public override string Act => "撤回送审";

    /// <inheritdoc/>
    public override string Verb => "withdraw-draft";

    /// <inheritdoc/>
    public override IReadOnlyList<Answer> Answers => [new("撤回", Step.Case.Title), new("理由", Reason)];

    /// <inheritdoc/>
    protected override string Said(Done value) => "已撤回，本件到此办结。";

    /// <inheritdoc/>
    protected override ICommand<Done> Command() => new WithdrawDraft(Id, Reason ?? "");
}
