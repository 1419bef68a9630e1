using Filing.Domain;
using Filing.Features.Registration;
using Filing.Pipeline;
using Filing.Web.Pages.Steps;
using Microsoft.AspNetCore.Mvc;

namespace Filing.Web.Pages.Registration;

/// <summary>统一编号: the registration number is given, the issue number recorded or given.</summary>
public sealed class NumberModel : StepPage<NumbersAssigned>
{
    /// <summary>发文字号, where the office-automation system gives it.</summary>
    [BindProperty]
    public string? IssueNumber { get; set; }

    /// <summary>统一登记号, where others give it.</summary>
    [BindProperty]
    public string? RegistrationNumber { get; set; }

    /// <summary>编号日期.</summary>
    [BindProperty]
    public DateOnly? On { get; set; }

    /// <inheritdoc/>
    public override string Act => "统一编号";

    /// <inheritdoc/>
    public override string Code => "number";

    /// <inheritdoc/>
    public override bool Checks => true;

    /// <summary>The number of a kind that it has already; null when it has none.</summary>
    public string? Standing(NumberKind kind) => Step.Numbers.FirstOrDefault(n => n.Kind == Kebab.Of(kind))?.Text;

    /// <summary>True where the number of a kind is to be typed.</summary>
    public bool Typed(NumberKind kind) => Standing(kind) is null && Pool(kind) == NumberPool.External;

    /// <summary>True where the rules want the number before publication.</summary>
    public bool Wanted(NumberKind kind) => Step.Case.Profile.RequiredBeforePublication.Value.Contains(
        kind == NumberKind.Registration ? PublicationRequirement.RegistrationNumber : PublicationRequirement.IssueNumber);

    /// <inheritdoc/>
    public override IReadOnlyList<Answer> Answers =>
    [
        new("统一登记号", Standing(NumberKind.Registration) ?? (Typed(NumberKind.Registration) ? RegistrationNumber : "由本系统编排，见下")),
        new("发文字号", Standing(NumberKind.Issue) ?? (Typed(NumberKind.Issue) ? IssueNumber : "由本系统编排，见下")), new("编号日期", ChineseDate.Format(On ?? Today)),
    ];

    /// <inheritdoc/>
    protected override string Said(NumbersAssigned value) => $"已编号：{string.Join("，", new[] { value.RegistrationNumber, value.IssueNumber }.OfType<string>())}。";

    /// <inheritdoc/>
    protected override ICommand<NumbersAssigned> Command() =>
        new AssignNumber(Id, Given(NumberKind.Issue, IssueNumber), Given(NumberKind.Registration, RegistrationNumber), On, TaskId);

    /// <inheritdoc/>
    protected override Task ProposeAsync()
    {
        On = Today;
        return Task.CompletedTask;
    }

    private string? Given(NumberKind kind, string? text) => Typed(kind) && !string.IsNullOrWhiteSpace(text) ? text : null;

    private NumberPool Pool(NumberKind kind) => kind == NumberKind.Registration ? Step.Case.Profile.RegistrationPool.Value : Step.Case.Profile.IssuePool.Value;
}
