using Filing.Benchmarks.Writer;

switch (args.FirstOrDefault())
{
    case "writer":
        await WriterThroughput.RunAsync(TimeSpan.FromSeconds(3));
        return 0;
    default:
        Console.Error.WriteLine("usage: dotnet run -c Release --project tests/Filing.Benchmarks -- writer");
        return 2;
}
