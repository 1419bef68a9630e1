using Filing.Domain;
using Filing.Features.Drafting;
using Filing.Pipeline;
using Filing.Web.Pages.Forms;
using Filing.Web.Pages.Steps;
using Microsoft.AspNetCore.Mvc;

namespace Filing.Web.Pages.Drafting;

/// <summary>启用紧急程序.</summary>
public sealed class UrgentModel : ActPage<Done>
{
    /// <summary>Why.</summary>
    [BindProperty]
    public string? Reason { get; set; }

    /// <summary>Who allowed it.</summary>
    [BindProperty]
    public string? Authority { get; set; }

    /// <summary>What is shortened.</summary>
    [BindProperty]
    public IReadOnlyList<string> Shortened { get; set; } = [];

    /// <summary>What can be shortened.</summary>
    public static IReadOnlyList<Choice> Parts { get; } = Choice.Of<UrgentShortening>(
        s => s switch { UrgentShortening.PublicConsultation => "不公开征求意见", UrgentShortening.CollectiveDecision => "不经集体讨论，由主要负责人直接决定", },
        s => s switch { UrgentShortening.PublicConsultation => "须在补齐材料之前启用", UrgentShortening.CollectiveDecision => "须在讨论决定之前启用", });

    /// <inheritdoc/>
    public override string Act => "启用紧急程序";

    /// <inheritdoc/>
    public override string Verb => "declare-urgent";

    /// <inheritdoc/>
    public override IReadOnlyList<Answer> Answers => [new("省去的环节", string.Join("；", Shortened.Select(s => Choice.Words(Parts, s)))), new("理由", Reason), new("批准人", Authority)];

    /// <inheritdoc/>
    protected override string Said(Done value) => "已启用紧急程序。";

    /// <inheritdoc/>
    protected override ICommand<Done> Command() => new DeclareUrgent(
        Id, Reason ?? "", Authority ?? "", [.. Shortened.Where(s => Enum.TryParse<UrgentShortening>(s, out var known) && Enum.IsDefined(known)).Select(Enum.Parse<UrgentShortening>)]);
}
