using Xunit;

namespace BatchXai.Conventions.Tests;

public sealed class MessagingTests
{
    [Theory]
    [InlineData("UseDelayedRedelivery", "needs a plugin that brokers lack; without it the queue stands still. Back-off is in the rows")]
    [InlineData("UseScheduledRedelivery", "as above")]
    [InlineData("UseDelayedMessageScheduler", "as above")]
    [InlineData("\"queue:", "declares the queue again without its arguments. Use Queues.AddressOf")]
    [InlineData(".Publish(", "reaches whoever bound an exchange, perhaps nobody. Use SendToAsync")]
    [InlineData("AddRequestClient", "makes a queue for each process. Ask over HTTP")]
    [InlineData("Lazy = true", "is refused by new brokers")]
    public void Source_never_uses(string text, string why)
    {
        var uses = Repository.CSharpFiles("src").Where(file => File.ReadAllText(file).Contains(text, StringComparison.Ordinal)).Select(file => Path.GetRelativePath(Repository.Root, file));
        Assert.True(!uses.Any(), $"{text} {why}: {string.Join(", ", uses)}");
    }

    [Fact]
    public void Only_one_project_configures_the_bus()
    {
        string[] words = ["UsingRabbitMq", "UsingInMemory", "AddMassTransit"];
        var elsewhere = Repository.CSharpFiles("src")
            .Where(file => !file.Contains($"BatchXai.Hosting{Path.DirectorySeparatorChar}", StringComparison.Ordinal) && words.Any(File.ReadAllText(file).Contains))
            .Select(file => Path.GetRelativePath(Repository.Root, file));
        Assert.Empty(elsewhere);
    }
}
