namespace Filing.Tests.Reference;

/// <summary>The comparison by which declarations of other people's types are judged, on a right and a wrong declaration of one type.</summary>
[TestFixture]
internal sealed class ComparedTests
{
    [Test]
    public void A_declaration_may_say_less_than_there_is() => Assert.That(Compared.Differences(typeof(Right), typeof(Actual)), Is.Empty);

    [Test]
    public void Whatever_a_declaration_has_and_the_real_type_has_not_is_found() => Assert.That(Compared.Differences(typeof(Wrong), typeof(Actual)), Is.EquivalentTo(new[]
    {
        "Wrong: is sealed",
        "Wrong: has no base System.IO.StringReader",
        "Wrong: is no System.ICloneable",
        "Wrong: no constructor (System.String)",
        "Wrong: no System.Object Clone()",
        "Wrong: no static System.Int32 Parse(System.String)",
        "Wrong: no System.Int32 Count { init; }",
        "Wrong: no System.Int64 Length { get; }",
        "Wrong: no System.Void Fill(System.Int32 = 2)",
        "Wrong: no System.Void Take<!!0>(System.Collections.Generic.IEnumerable`1<!!0>)",
        "Wrong: no System.Void Give(ref System.Int32)",
        "Wrong: no const field System.Int32 Most = 5",
    }));

    [Test]
    public void The_number_of_an_enumeration_counts() => Assert.That(Compared.Differences(typeof(WrongColour), typeof(Colour)), Is.EqualTo(new[] { "WrongColour: no Blue = 2" }));

    [Test]
    public void A_static_class_is_no_class_of_which_there_are_objects() =>
        Assert.That(Compared.Differences(typeof(Tools), typeof(Plain)), Is.EqualTo(new[] { "Tools: is not static" }));

#pragma warning disable CA1801, CA1822, CA1852, IDE0060 // Shapes only.
    public sealed class Actual(int size) : IDisposable
    {
        public const int Most = 4;

        public int Count { get; set; } = size;

        public int Length => Count;

        public static long Parse(string text) => text.Length;

        public void Fill(int with = 1) => Count = with;

        public void Take<T>(IEnumerable<T> items)
            where T : class => Count = items.Count();

        public void Give(int value) => Count = value;

        public void Dispose() => Count = 0;
    }

    public sealed class Right(int size) : IDisposable
    {
        public const int Most = 4;

        public int Count { get; } = size;

        public static long Parse(string text) => 0;

        public void Take<T>(IEnumerable<T> items)
            where T : class => throw new NotSupportedException();

        public void Dispose() => throw new NotSupportedException();
    }

    public class Wrong(string text) : StringReader(text), ICloneable
    {
        public const int Most = 5;

        public int Count { get; init; }

        public long Length => 0;

        public static int Parse(string text) => 0;

        public void Fill(int with = 2) => throw new NotSupportedException();

        public void Take<T>(IEnumerable<T> items) => throw new NotSupportedException();

        public void Give(ref int value) => throw new NotSupportedException();

        public object Clone() => throw new NotSupportedException();
    }

    public enum Colour
    {
        Red,
        Green,
        Yellow,
        Blue,
    }

    public enum WrongColour
    {
        Green = 1,
        Blue = 2,
    }

    public class Plain;

    public static class Tools;
#pragma warning restore CA1801, CA1822, CA1852, IDE0060
}
