using System.Collections;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Filing.Web.Pages.Forms;

/// <summary>
/// A field of a form with everything that belongs to it: label, help, the rule behind it, what was wrong, and the control with what was typed. The
/// control follows from the type: a date, a check box, radio buttons or a list of <see cref="Choices"/>, a long text with <see cref="Rows"/>.
/// </summary>
[HtmlTargetElement("field", Attributes = "for", TagStructure = TagStructure.WithoutEndTag)]
public sealed class FieldTagHelper : TagHelper
{
    /// <summary>The member of the page.</summary>
    public ModelExpression For { get; set; } = null!;

    /// <summary>What is asked, as a noun; shown before the control.</summary>
    public string Label { get; set; } = "";

    /// <summary>What to write, or what follows from it; shown under the label.</summary>
    public string? Hint { get; set; }

    /// <summary>The rule that asks for it, with its article; shown after the hint.</summary>
    public string? Rule { get; set; }

    /// <summary>Lines of a long text; null for one line.</summary>
    public int? Rows { get; set; }

    /// <summary>What can be chosen; null for free input.</summary>
    public IReadOnlyList<Choice>? Choices { get; set; }

    /// <summary>True for a drop-down instead of radio buttons.</summary>
    public bool Drop { get; set; }

    /// <summary>True where the field may stay empty: said beside the label.</summary>
    public bool Optional { get; set; }

    /// <summary>The longest input, in characters.</summary>
    public int? Max { get; set; }

    /// <summary>An example, shown inside the empty control.</summary>
    public string? Placeholder { get; set; }

    /// <summary>The type of a one-line control: <c>text</c>, <c>password</c>, <c>email</c>.</summary>
    public string Type { get; set; } = "text";

    /// <summary>The id of a <c>datalist</c> with entries to choose from; others can be typed. Null where there is none.</summary>
    public string? List { get; set; }

    /// <summary>What a browser may fill in.</summary>
    public string Autocomplete { get; set; } = "off";

    /// <summary>The page.</summary>
    [HtmlAttributeNotBound, ViewContext]
    public ViewContext View { get; set; } = null!;

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        ArgumentNullException.ThrowIfNull(output);
        var name = View.ViewData.TemplateInfo.GetFullHtmlFieldName(For.Name);
        var id = "f-" + TagBuilder.CreateSanitizedId(name, "-");
        var type = Nullable.GetUnderlyingType(For.ModelExplorer.ModelType) ?? For.ModelExplorer.ModelType;
        View.ModelState.TryGetValue(name, out var entry);
        var errors = entry?.Errors.Select(e => e.ErrorMessage).Where(m => m.Length > 0).ToList() ?? [];
        var described = string.Join(' ', new[] { Hint is null && Rule is null ? null : id + "-hint", errors.Count == 0 ? null : id + "-error" }.Where(d => d is not null));
        var html = new StringBuilder();
        var control = new Control(name, id, described.Length == 0 ? "" : $" aria-describedby=\"{described}\"", errors.Count > 0 ? " aria-invalid=\"true\"" : "");
        (output.TagName, output.TagMode) = ("div", TagMode.StartTagAndEndTag);
        var classes = "field" + (errors.Count > 0 ? " wrong" : "") + (Rows is not null ? " long" : "");
        output.Attributes.SetAttribute("class", context.AllAttributes.TryGetAttribute("class", out var own) ? $"{classes} {own.Value}" : classes);

        if (type == typeof(bool))
        {
            var on = entry?.AttemptedValue is { } typed ? typed.Contains("true", StringComparison.OrdinalIgnoreCase) : For.Model is true;
            html.Append(CultureInfo.InvariantCulture, $"<label class=\"tick\"><input type=\"checkbox\" name=\"{name}\" id=\"{id}\" value=\"true\"{(on ? " checked" : "")}{control.Described}{control.Invalid}> {E(Label)}</label>");
            html.Append(CultureInfo.InvariantCulture, $"<input type=\"hidden\" name=\"{name}\" value=\"false\">");
            Help(html, id);
            Wrong(html, id, errors);
        }
        else if (Choices is { } choices && !Drop)
        {
            html.Append(CultureInfo.InvariantCulture, $"<fieldset id=\"{id}\"{control.Described}{control.Invalid}><legend>{E(Label)}{(Optional ? " <small>选填</small>" : "")}</legend>");
            Help(html, id);
            Wrong(html, id, errors);
            Options(html, control, choices, Many(type) ? "checkbox" : "radio", Values(entry?.RawValue));
            html.Append("</fieldset>");
        }
        else
        {
            html.Append(CultureInfo.InvariantCulture, $"<label for=\"{id}\">{E(Label)}{(Optional ? " <small>选填</small>" : "")}</label>");
            Help(html, id);
            Wrong(html, id, errors);
            html.Append(Single(control, type, entry?.AttemptedValue));
        }

        output.Content.SetHtmlContent(html.ToString());
    }

    private static bool Many(Type type) => type != typeof(string) && type.IsAssignableTo(typeof(IEnumerable));

    private string Single(Control control, Type type, string? typed)
    {
        var value = typed ?? Text(For.Model);
        var rest = $" name=\"{control.Name}\" id=\"{control.Id}\"{control.Described}{control.Invalid}";
        if (Choices is { } choices)
        {
            var options = choices.Select(c => $"<option value=\"{E(c.Value)}\"{(c.Value == value ? " selected" : "")}>{E(c.Text)}</option>");
            return $"<select{rest}>{(Optional || string.IsNullOrEmpty(value) ? "<option value=\"\">请选择</option>" : "")}{string.Concat(options)}</select>";
        }

        var limits = (Max is { } max ? $" maxlength=\"{max}\"" : "") + (Placeholder is { } example ? $" placeholder=\"{E(example)}\"" : "");
        // HTML drops the first line break of a text area; one more keeps that of the text.
        if (Rows is { } rows) return $"<textarea rows=\"{rows}\"{rest}{limits}>\n{E(value)}</textarea>";
        if (type == typeof(DateOnly)) return $"<input type=\"text\" class=\"date\" autocomplete=\"off\" placeholder=\"如 2013-04-02\" value=\"{E(value)}\"{rest}>";
        return $"<input type=\"{E(Type)}\" autocomplete=\"{E(Autocomplete)}\" value=\"{(Type == "password" ? "" : E(value))}\"{rest}{limits}{(type == typeof(int) ? " inputmode=\"numeric\" class=\"short\"" : "")}{(List is { } list ? $" list=\"{list}\"" : "")}>";
    }

    private static void Options(StringBuilder html, Control control, IReadOnlyList<Choice> choices, string kind, IReadOnlyList<string> chosen)
    {
        foreach (var (index, choice) in choices.Index())
        {
            html.Append(CultureInfo.InvariantCulture, $"<label class=\"tick\"><input type=\"{kind}\" name=\"{control.Name}\" id=\"{control.Id}-{index}\" value=\"{E(choice.Value)}\"{(chosen.Contains(choice.Value) ? " checked" : "")}> <span>{E(choice.Text)}");
            if (choice.Hint is { } hint) html.Append(CultureInfo.InvariantCulture, $"<small>{E(hint)}</small>");
            html.Append("</span></label>");
        }
    }

    private IReadOnlyList<string> Values(object? raw) => (raw ?? For.Model) switch
    {
        null => [],
        string one => [one],
        IEnumerable many => [.. many.Cast<object>().Select(o => o.ToString()!)],
        var one => [one.ToString()!],
    };

    private void Help(StringBuilder html, string id)
    {
        if (Hint is null && Rule is null) return;
        html.Append(CultureInfo.InvariantCulture, $"<p class=\"hint\" id=\"{id}-hint\">{E(Hint)}{(Rule is null ? "" : $" <cite>{E(Rule)}</cite>")}</p>");
    }

    private static void Wrong(StringBuilder html, string id, List<string> errors)
    {
        if (errors.Count > 0) html.Append(CultureInfo.InvariantCulture, $"<p class=\"error\" id=\"{id}-error\">{E(string.Join(' ', errors))}</p>");
    }

    private static string Text(object? model) => model switch
    {
        null => "",
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        IFormattable value => value.ToString(null, CultureInfo.InvariantCulture),
        _ => model.ToString() ?? "",
    };

    private static string E(string? text) => HtmlEncoder.Default.Encode(text ?? "");

    private readonly record struct Control(string Name, string Id, string Described, string Invalid);
}
