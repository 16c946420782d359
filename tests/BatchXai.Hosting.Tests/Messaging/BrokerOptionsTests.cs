using BatchXai.Contracts;
using BatchXai.Hosting.Messaging;
using Microsoft.Extensions.Configuration;
using Xunit;

namespace BatchXai.Hosting.Tests.Messaging;

public sealed class BrokerOptionsTests
{
    [Theory]
    [InlineData("amqp://host", "host", 5672, "/", "guest", "guest", false)]
    [InlineData("amqp://host:5673/", "host", 5673, "/", "guest", "guest", false)]
    [InlineData("amqps://me:p%40ss@host/%2F", "host", 5671, "/", "me", "p@ss", true)]
    [InlineData("amqp://me:a:b@10.0.0.1/team%20one", "10.0.0.1", 5672, "team one", "me", "a:b", false)]
    public void Address_is_taken_apart(string address, string host, int port, string virtualHost, string user, string password, bool isTls)
    {
        var options = BrokerOptions.Parse(address);
        Assert.Equal((host, port, virtualHost, user, password, isTls), (options.Host, options.Port, options.VirtualHost, options.User, options.Password, options.IsTls));
        Assert.DoesNotContain("me:", options.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rabbitmq")]
    [InlineData("http://me:secret@host")]
    [InlineData("amqp:///vhost")]
    [InlineData("amqp://me:secret@host/a/b")]
    [InlineData("amqp://me:secret@host/?heartbeat=5")]
    public void Anything_else_is_refused_without_being_repeated(string address)
    {
        var error = Assert.Throws<UserErrorException>(() => BrokerOptions.Parse(address));
        Assert.Contains("Broker:Uri", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Missing_address_says_where_to_set_it() =>
        Assert.Contains("BATCHXAI_Broker__Uri", Assert.Throws<UserErrorException>(() => BrokerOptions.Read(new ConfigurationBuilder().Build())).Message, StringComparison.Ordinal);
}
