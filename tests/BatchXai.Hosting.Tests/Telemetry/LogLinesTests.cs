using BatchXai.Hosting.Telemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace BatchXai.Hosting.Tests.Telemetry;

public sealed class LogLinesTests
{
    private const string Hostile = "cat\n2026-01-01T00:00:00Z info Forged: all is well\u001b[2J\u202egpj.exe";

    [Fact]
    public void A_name_cannot_forge_a_line()
    {
        var text = Write("BatchXai.Worker.Decode", new InvalidOperationException("first\nsecond"));
        Assert.Equal("\n", text[^1..]);
        Assert.DoesNotContain(text[..^1], letter => char.IsControl(letter) || letter == '\u202e');
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z warn Decode: unreadable: cat 2026-01-01T00:00:00Z info Forged: all is well \[2J gpj\.exe \| .*first second", text);
    }

    [Theory]
    [InlineData("Microsoft.EntityFrameworkCore", null, LogLevel.Error, false)]
    [InlineData("Microsoft.EntityFrameworkCore", "Information", LogLevel.Information, true)]
    [InlineData("Microsoft.Extensions.Diagnostics.HealthChecks.DefaultHealthCheckService", null, LogLevel.Error, false)]
    [InlineData("Microsoft.AspNetCore.Hosting", null, LogLevel.Information, false)]
    [InlineData("Microsoft.AspNetCore.Hosting", null, LogLevel.Warning, true)]
    [InlineData("BatchXai.Coordinator", null, LogLevel.Information, true)]
    public void Sources_that_tell_every_query_are_quiet_unless_asked(string source, string? level, LogLevel entry, bool told)
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection([new($"LogLevel:{source}", level)]).Build();
        var collection = new ServiceCollection().AddLogging(logging => logging.AddConfiguration(settings));
        collection.AddPlainLogging(settings);
        using var services = collection.BuildServiceProvider();
        Assert.Equal(told, services.GetRequiredService<ILoggerFactory>().CreateLogger(source).IsEnabled(entry));
    }

    private static string Write(string category, Exception exception)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        new LogLines().Write(new LogEntry<string>(LogLevel.Warning, category, default, $"unreadable: {Hostile}", exception, (state, _) => state), null, writer);
        return writer.ToString();
    }
}
