using Xunit;

namespace BatchXai.Cli.Tests.Output;

public sealed class ScreenTests
{
    [Fact]
    public void Problems_Piped_AreWholeLinesWithoutColourOrMarkup()
    {
        var screen = new CapturedScreen();
        var problem = "/data/[red]name[/].jpg " + new string('x', 500);
        screen.Screen.Problems([problem]);
        Assert.Equal($"error: {problem}\n", screen.Errors);
    }

    [Fact]
    public void Json_AnyValue_IsCamelCaseOnStandardOutput()
    {
        var screen = new CapturedScreen();
        screen.Screen.Json(new { SomeValue = DayOfWeek.Monday });
        Assert.Equal("{\"someValue\":\"monday\"}", string.Concat(screen.Output.Where(c => !char.IsWhiteSpace(c))));
        Assert.Empty(screen.Errors);
    }
}
