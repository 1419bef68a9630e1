using Filing.Domain;
using Filing.Features.Drafting;
using Filing.Pipeline;
using Filing.Web.Pages.Steps;
using Microsoft.AspNetCore.Mvc;

namespace Filing.Web.Pages.Drafting;

/// <summary>调研论证.</summary>
public sealed class ResearchModel : StepPage<Done>
{
    /// <summary>How it was studied.</summary>
    [BindProperty]
    public string? Methods { get; set; }

    /// <summary>What it came to.</summary>
    [BindProperty]
    public string? Conclusion { get; set; }

    /// <summary>The paper that wants it.</summary>
    public string Rule => Step.Case.Profile.ResearchFirst.Source;

    /// <inheritdoc/>
    public override string Act => "完成调研论证";

    /// <inheritdoc/>
    public override string Code => "research";

    /// <inheritdoc/>
    public override bool Checks => true;

    /// <inheritdoc/>
    public override IReadOnlyList<Answer> Answers => [new("调研的对象和方式", Methods), new("论证结论", Conclusion)];

    /// <inheritdoc/>
    protected override string Said(Done value) => "调研论证已完成，请补齐材料、征求意见。";

    /// <inheritdoc/>
    protected override ICommand<Done> Command() => new ConcludeResearch(Id, Methods ?? "", Conclusion ?? "", TaskId: TaskId);
}
