namespace Filing.Features.Drafting;

/// <summary>A line of a checklist: what the law asks for, and whether it is there.</summary>
/// <param name="What">What is asked, in Chinese.</param>
/// <param name="Done">Whether it is there.</param>
/// <param name="How">What is there; or what is missing and what to do.</param>
/// <param name="Rule">The rule behind it, with its article.</param>
/// <param name="Needed">False for what is asked only of some documents, or later.</param>
public sealed record Check(string What, bool Done, string How, string Rule, bool Needed = true);
