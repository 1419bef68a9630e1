using System.Collections;
using System.Reflection;
using Filing.Features.Drafting.Intake;

namespace Filing.Tests.Drafting.Intake;

/// <summary>Looks at every place of a proposal, whatever property it hides in.</summary>
internal static class Places
{
    public static void AssertTrue(ReadDocument document, IEnumerable<DocumentProposal> papers)
    {
        foreach (var place in papers.SelectMany(paper => In(paper)))
        {
            var rest = string.Join('\n', document.Lines.Skip(place.Line - 1).Take(40).Select(line => line.Text));
            if (place.Length <= 0 || place.Start < 0 || place.Start + place.Length > rest.Length || rest.Substring(place.Start, place.Length) != place.Quote)
                Assert.Fail($"{place} does not stand there.");
        }
    }

    public static IEnumerable<TextPlace> In(object? value) => value switch
    {
        null or string => [],
        TextPlace place => [place],
        IEnumerable many => many.Cast<object?>().SelectMany(In),
        _ when value.GetType().Namespace == typeof(TextPlace).Namespace && !value.GetType().IsEnum =>
            value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.GetIndexParameters().Length == 0).SelectMany(property => In(property.GetValue(value))),
        _ => [],
    };
}
