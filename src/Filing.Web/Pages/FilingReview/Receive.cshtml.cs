using System.ComponentModel.DataAnnotations;
using Filing.Domain;
using Filing.Features.FilingReview;
using Filing.Pipeline;
using Filing.Web.Pages.FilingUp;
using Filing.Web.Pages.Forms;
using Filing.Web.Pages.Steps;
using Microsoft.AspNetCore.Mvc;

namespace Filing.Web.Pages.FilingReview;

/// <summary>接收备案: the filing authority registers a filing, holds it, or refuses it.</summary>
public sealed class ReceiveModel : FilingPage<FilingReceipt>
{
    /// <summary>What is done.</summary>
    [BindProperty]
    [Required(ErrorMessage = "请选择登记、暂缓登记还是不予登记。")]
    public FilingAnswer? Outcome { get; set; }

    /// <summary>收到日期.</summary>
    [BindProperty]
    public DateOnly? ReceivedOn { get; set; }

    /// <summary>答复日期.</summary>
    [BindProperty]
    public DateOnly? On { get; set; }

    /// <summary>备案登记号, where it is typed.</summary>
    [BindProperty]
    public string? ReceiptNumber { get; set; }

    /// <summary>Why it is refused.</summary>
    [BindProperty]
    public FilingRefusal? Ground { get; set; }

    /// <summary>What is missing, or why it is refused.</summary>
    [BindProperty]
    public string? Note { get; set; }

    /// <inheritdoc/>
    public override string Act => "接收备案";

    /// <inheritdoc/>
    public override string Code => "receive-filing";

    /// <inheritdoc/>
    public override bool Checks => true;

    /// <summary>The day on which it arrived, where that was said before.</summary>
    public DateOnly? Arrived => Step.Case.Latest(FactKind.FilingReceived)?.LegalDate;

    /// <summary>True where the number of the receipt is given here.</summary>
    public bool Numbered => Step.Case.Profile.ReceiptPattern is not null;

    /// <summary>What can be done, and what follows.</summary>
    public static IReadOnlyList<Choice> Outcomes { get; } = Choice.Of<FilingAnswer>(
        o => o switch { FilingAnswer.Registered => "备案登记", FilingAnswer.Held => "暂缓登记", FilingAnswer.Refused => "不予登记" },
        o => o switch
        {
            FilingAnswer.Registered => "属于备案范围，材料齐全、合乎要求",
            FilingAnswer.Held => "材料不齐或者不合要求；制定机关补正后重新报送，原报送日期保留",
            FilingAnswer.Refused => "不属于备案范围，办结",
        });

    /// <summary>Why it can be refused.</summary>
    public static IReadOnlyList<Choice> Grounds { get; } = Choice.Of<FilingRefusal>(g => g switch { FilingRefusal.NotNormative => "不属于规范性文件", FilingRefusal.NotOurs => "不属于本机关备案" });

    /// <inheritdoc/>
    public override IReadOnlyList<Answer> Answers =>
    [
        new("办理", Choice.Words(Outcomes, Outcome)), new("收到日期", ChineseDate.Format(Arrived ?? ReceivedOn ?? On ?? Today)), new("答复日期", ChineseDate.Format(On ?? Today)),
        .. Outcome switch
        {
            FilingAnswer.Registered => [new Answer("备案登记号", string.IsNullOrWhiteSpace(ReceiptNumber) ? "由本系统编排，见下" : ReceiptNumber)],
            FilingAnswer.Held => [new Answer("须补正的内容", Note)],
            FilingAnswer.Refused => [new Answer("种类", Choice.Words(Grounds, Ground)), new Answer("理由", Note)],
            _ => Array.Empty<Answer>(),
        },
    ];

    /// <inheritdoc/>
    protected override string Said(FilingReceipt value) => value.ReceiptNumber is { } receipt ? $"已备案登记：{receipt}。" : $"已答复：{Choice.Words(Outcomes, Outcome)}。";

    /// <inheritdoc/>
    protected override ICommand<FilingReceipt> Command() => new ReceiveFiling(
        Id, Outcome!.Value, ReceivedOn, On, Outcome == FilingAnswer.Registered && !string.IsNullOrWhiteSpace(ReceiptNumber) ? ReceiptNumber : null,
        Outcome == FilingAnswer.Refused ? Ground : null, Outcome == FilingAnswer.Registered || string.IsNullOrWhiteSpace(Note) ? null : Note, TaskId);

    /// <inheritdoc/>
    protected override Task ProposeAsync()
    {
        (ReceivedOn, On) = (Today, Today);
        return Task.CompletedTask;
    }
}
