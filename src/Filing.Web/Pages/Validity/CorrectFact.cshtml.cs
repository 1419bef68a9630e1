using System.ComponentModel.DataAnnotations;
using Filing.Domain;
using Filing.Features.Validity;
using Filing.Pipeline;
using Filing.Web.Pages.Documents;
using Filing.Web.Pages.Forms;
using Filing.Web.Pages.Steps;
using Microsoft.AspNetCore.Mvc;

namespace Filing.Web.Pages.Validity;

/// <summary>更正事实: a dated fact was wrong. The correction supersedes it; what was recorded before stays to be seen.</summary>
public sealed class CorrectFactModel : ActPage<Done>
{
    /// <summary>The fact that is wrong.</summary>
    [BindProperty(SupportsGet = true)]
    [Required(ErrorMessage = "请选择要更正的事实。")]
    public Guid? Fact { get; set; }

    /// <summary>The right date.</summary>
    [BindProperty]
    [Required(ErrorMessage = "请填写正确的日期。")]
    public DateOnly? On { get; set; }

    /// <summary>The right term; of a fact that sets one.</summary>
    [BindProperty]
    public string? Value { get; set; }

    /// <summary>The paper that shows it.</summary>
    [BindProperty]
    [Required(ErrorMessage = "请写明更正的依据。")]
    public string? Source { get; set; }

    /// <summary>How the error came about.</summary>
    [BindProperty]
    [Required(ErrorMessage = "请写明更正的理由。")]
    public string? Reason { get; set; }

    /// <inheritdoc/>
    public override string Act => "更正事实";

    /// <inheritdoc/>
    public override string Verb => "correct-fact";

    /// <summary>The facts that stand.</summary>
    public IReadOnlyList<Choice> Facts => [.. Step.Case.History.Current.Select(f => new Choice(f.Id.ToString(), $"{f.Kind.Name()}：{ChineseDate.Format(f.LegalDate)}{Of(f)}", f.Source))];

    /// <summary>The chosen fact; null when none is.</summary>
    public DatedFact? Chosen => Step.Case.History.Current.FirstOrDefault(f => f.Id == Fact);

    /// <inheritdoc/>
    public override IReadOnlyList<Answer> Answers =>
    [
        new("更正的事实", Chosen?.Kind.Name()), new("原来的日期", Chosen is { } was ? ChineseDate.FormatFull(was.LegalDate) : null), new("正确的日期", On is { } on ? ChineseDate.FormatFull(on) : null),
        .. string.IsNullOrWhiteSpace(Value) ? Array.Empty<Answer>() : [new("正确的内容", Value)], new("依据", Source), new("理由", Reason),
    ];

    /// <inheritdoc/>
    protected override string Said(Done value) => "已更正。原来的记录保留，可在文件页查看；有关的期限已重新计算。";

    /// <inheritdoc/>
    protected override Task ProposeAsync()
    {
        // An empty form has nothing wrong with it yet.
        ModelState.Clear();
        On = Chosen?.LegalDate;
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    protected override ICommand<Done> Command() =>
        new CorrectFact(Id, Fact ?? Guid.Empty, On!.Value, Source ?? "", Reason ?? "", string.IsNullOrWhiteSpace(Value) ? null : Value.Trim());

    private static string Of(DatedFact fact) => FactWords.Of(fact.Kind, fact.Value) is { Length: > 0 } words ? $"（{(words.Length > 40 ? words[..40] + "…" : words)}）" : "";
}
