using System.ComponentModel.DataAnnotations;
using Filing.Domain;
using Filing.Web.Pages.Steps;
using Microsoft.AspNetCore.Mvc;

namespace Filing.Web.Pages.Validity;

/// <summary>An act by which a published document loses, or gets back, its force: on whose decision, why, from which day on.</summary>
public abstract class EndingPage : ActPage<Done>
{
    /// <summary>The number or title of the paper that decides it.</summary>
    [BindProperty]
    [Required(ErrorMessage = "请写明依据的文件。")]
    public string? Source { get; set; }

    /// <summary>Why.</summary>
    [BindProperty]
    [Required(ErrorMessage = "请写明理由。")]
    public string? Reason { get; set; }

    /// <summary>The first day of the new state.</summary>
    [BindProperty]
    public DateOnly? On { get; set; }

    /// <summary>What follows, in one sentence.</summary>
    public abstract string Effect { get; }

    /// <summary>What the day means.</summary>
    public virtual string DayHint => "从这一天起不再有效，不能晚于今天；不填为今天。";

    /// <summary>The rule behind it, where the rules of the case have one.</summary>
    public virtual string? Rule => null;

    /// <summary>郴政发〔2013〕2号 where it governs.</summary>
    protected string? Chenzhou(string item) => Step.Case.Profile.Jurisdiction.StartsWith("4310", StringComparison.Ordinal) ? $"郴政发〔2013〕2号 {item}" : null;

    /// <inheritdoc/>
    public override IReadOnlyList<Answer> Answers => [new("文件", Step.Case.Title), new("依据", Source), new("理由", Reason), new("自哪一天起", Day(On))];

    /// <inheritdoc/>
    protected override string Said(Done value) => $"已记录：自{ChineseDate.Format(On ?? Today)}起{Act}。";
}
