using System.ComponentModel.DataAnnotations;
using Filing.Domain;
using Filing.Features.Registration;
using Filing.Pipeline;
using Filing.Web.Pages.Forms;
using Filing.Web.Pages.Steps;
using Microsoft.AspNetCore.Mvc;

namespace Filing.Web.Pages.Registration;

/// <summary>作废编号: a number is taken back, and another one takes its place.</summary>
public sealed class VoidModel : ActPage<NumberReplaced>
{
    /// <summary>Which number.</summary>
    [BindProperty(SupportsGet = true)]
    [Required(ErrorMessage = "请选择要作废的编号。")]
    public string? Number { get; set; }

    /// <summary>Why.</summary>
    [BindProperty]
    [Required(ErrorMessage = "请写明作废的理由。")]
    public string? Reason { get; set; }

    /// <summary>The other number, where others give it.</summary>
    [BindProperty]
    public string? Replacement { get; set; }

    /// <summary>The numbers that stand.</summary>
    public IReadOnlyList<NumberRow> Numbers { get; private set; } = [];

    /// <inheritdoc/>
    public override string Act => "作废编号";

    /// <inheritdoc/>
    public override string Verb => "void-number";

    /// <summary>The numbers to choose from.</summary>
    public IReadOnlyList<Choice> Choices => [.. Numbers.Select(n => new Choice(n.Text, n.Text, Owned(n) ? "由本系统换编下一号" : "请在下面填写办公系统编排的新编号"))];

    /// <inheritdoc/>
    public override IReadOnlyList<Answer> Answers => [new("作废", Number), new("理由", Reason), new("新编号", External ? Replacement : "由本系统编排，见下")];

    private bool External => Numbers.FirstOrDefault(n => n.Text == Number) is { } number && !Owned(number);

    /// <inheritdoc/>
    protected override string Said(NumberReplaced value) => value.Number is { } other ? $"“{Number}”已作废，新编号为“{other}”。" : $"“{Number}”已作废。";

    /// <inheritdoc/>
    protected override ICommand<NumberReplaced> Command() => new VoidNumber(Id, Number!, Reason!, true, External ? Replacement : null);

    /// <inheritdoc/>
    protected override Task ProposeAsync()
    {
        // A number in the address is a proposal; that there is none is no mistake yet.
        ModelState.Clear();
        return base.ProposeAsync();
    }

    /// <inheritdoc/>
    protected override async Task<IActionResult?> ReadAsync()
    {
        if (await base.ReadAsync() is { } closed) return closed;
        var (form, refused) = await AskAsync(new ReadRegistrationForm(Id));
        if (form is not null) Numbers = [.. form.Numbers.Where(n => n.VoidedOn is null && n.Kind != Kebab.Of(NumberKind.FilingReceipt))];
        return refused;
    }

    private static bool Owned(NumberRow number) => number.Pool == Kebab.Of(NumberPool.Owned);
}
