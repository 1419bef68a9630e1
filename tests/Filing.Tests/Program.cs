using Filing.Tests.Data;

// The test assembly as a program: children that a test kills.
return args switch
{
    [KillTests.Child, var folder, var first] => await KillTests.RunChildAsync(folder, int.Parse(first, System.Globalization.CultureInfo.InvariantCulture)),
    _ => 2,
};
