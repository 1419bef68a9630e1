using System.ComponentModel.DataAnnotations;
using Filing.Domain;
using Filing.Features.Registration;
using Filing.Pipeline;
using Filing.Web.Pages.Forms;
using Filing.Web.Pages.Steps;
using Microsoft.AspNetCore.Mvc;

namespace Filing.Web.Pages.Registration;

/// <summary>统一登记: a signed document is entered in the register, or goes back.</summary>
public sealed class EnterModel : StepPage<Done>
{
    /// <summary>Entered or returned.</summary>
    [BindProperty]
    [Required(ErrorMessage = "请选择登记还是退回。")]
    public RegisterOutcome? Outcome { get; set; }

    /// <summary>登记日期.</summary>
    [BindProperty]
    public DateOnly? On { get; set; }

    /// <summary>Why it goes back.</summary>
    [BindProperty]
    public string? Reason { get; set; }

    /// <summary>What the register knows of it.</summary>
    public RegistrationForm Form { get; private set; } = null!;

    /// <inheritdoc/>
    public override string Act => "统一登记";

    /// <inheritdoc/>
    public override string Code => "register";

    /// <inheritdoc/>
    public override bool Checks => true;

    /// <summary>What can be done, and what follows.</summary>
    public static IReadOnlyList<Choice> Outcomes { get; } = Choice.Of<RegisterOutcome>(
        o => o switch { RegisterOutcome.Registered => "登记", RegisterOutcome.Returned => "退回" },
        o => o switch { RegisterOutcome.Registered => "记入登记簿，下一步统一编号", RegisterOutcome.Returned => "签署作废，退回合法性审查；改正后须重新讨论、签发" });

    /// <inheritdoc/>
    public override IReadOnlyList<Answer> Answers => Outcome == RegisterOutcome.Returned
        ? [new("办理", Choice.Words(Outcomes, Outcome)), new("退回理由", Reason)]
        : [new("办理", Choice.Words(Outcomes, Outcome)), new("登记日期", ChineseDate.Format(On ?? Today)), new("审签文本摘要", Form.ApprovedDigest)];

    /// <inheritdoc/>
    protected override string Said(Done value) => Outcome == RegisterOutcome.Returned ? "已退回，签署随之作废。" : "已登记，记入登记簿。";

    /// <inheritdoc/>
    protected override ICommand<Done> Command() => new EnterInRegister(Id, Outcome!.Value, Outcome == RegisterOutcome.Returned ? Reason : null, On, TaskId);

    /// <inheritdoc/>
    protected override Task ProposeAsync()
    {
        On = Today;
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    protected override async Task<IActionResult?> ReadAsync()
    {
        var (form, refused) = await AskAsync(new ReadRegistrationForm(Id));
        Form = form!;
        return refused;
    }
}
