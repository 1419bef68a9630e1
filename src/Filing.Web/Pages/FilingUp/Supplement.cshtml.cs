using System.ComponentModel.DataAnnotations;
using Filing.Domain;
using Filing.Features.FilingUp;
using Filing.Pipeline;
using Filing.Web.Pages.Steps;
using Microsoft.AspNetCore.Mvc;

namespace Filing.Web.Pages.FilingUp;

/// <summary>补正备案材料: what the filing authority missed is added, and the filing is sent again.</summary>
public sealed class SupplementModel : FilingPage<Done>
{
    /// <summary>What was put right.</summary>
    [BindProperty]
    [Required(ErrorMessage = "请写明补正的内容。")]
    public string? Note { get; set; }

    /// <summary>补正日期.</summary>
    [BindProperty]
    public DateOnly? On { get; set; }

    /// <inheritdoc/>
    public override string Act => "补正备案材料";

    /// <inheritdoc/>
    public override string Code => "supplement-filing";

    /// <inheritdoc/>
    public override bool Checks => true;

    /// <inheritdoc/>
    public override IReadOnlyList<Answer> Answers => [new("备案机关", Sheet.Target), new("补正的内容", Note), new("补正日期", ChineseDate.Format(On ?? Today))];

    /// <inheritdoc/>
    protected override string Said(Done value) => "已补正并重新报送，等待备案机关接收。";

    /// <inheritdoc/>
    protected override ICommand<Done> Command() => new SupplementFiling(Id, Note!, On, TaskId);

    /// <inheritdoc/>
    protected override Task ProposeAsync()
    {
        On = Today;
        return Task.CompletedTask;
    }
}
