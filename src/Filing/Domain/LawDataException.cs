namespace Filing.Domain;

/// <summary>
/// Data of the law (calendar, profile, definition) that cannot be read or contradicts itself. It stops the start: a register that counts with a
/// wrong calendar is worse than one that is closed. Its message is Chinese and says where.
/// </summary>
/// <param name="file">The file, as it was named by whoever read it.</param>
/// <param name="path">The place inside, as a JSON path such as <c>$.years.2013.rest.2013-02-30</c>.</param>
/// <param name="message">What is wrong there, in one Chinese sentence.</param>
/// <param name="inner">What the reader said, if it was the reader.</param>
public sealed class LawDataException(string file, string path, string message, Exception? inner = null)
    : Exception($"{file}：{path}：{message}", inner)
{
    /// <summary>The file.</summary>
    public string File { get; } = file;

    /// <summary>The place inside the file.</summary>
    public string Path { get; } = path;

    /// <summary>What is wrong, without the place.</summary>
    public string Reason { get; } = message;
}
