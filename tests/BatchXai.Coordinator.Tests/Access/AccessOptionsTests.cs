using BatchXai.Contracts;
using BatchXai.Contracts.Api;
using BatchXai.Coordinator.Access;
using Microsoft.Extensions.Configuration;
using Xunit;

namespace BatchXai.Coordinator.Tests.Access;

public sealed class AccessOptionsTests
{
    private const string Key = "bxk_admin_0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    [Theory]
    [InlineData("http://127.0.0.1:5000", true)]
    [InlineData("http://localhost:5000", true)]
    [InlineData("https://[::1]:5001", true)]
    [InlineData("http://127.8.9.10", true)]
    [InlineData("http://unix:/run/batchxai.sock", true)]
    [InlineData("http://0.0.0.0:8080", false)]
    [InlineData("http://[::]:8080", false)]
    [InlineData("http://*:8080", false)]
    [InlineData("http://+:8080", false)]
    [InlineData("http://localhost.example:8080", false)]
    [InlineData("http://batchxai:8080", false)]
    [InlineData("http://192.168.0.1", false)]
    [InlineData("no address", false)]
    public void Only_addresses_of_this_machine_are_open_by_themselves(string address, bool open)
    {
        Assert.Equal(open, ListeningAddresses.IsLoopback(address));
        Assert.Equal(open, Read(("urls", address)).IsOpen);
        Assert.Equal(open, Read(("Kestrel:Endpoints:Http:Url", address)).IsOpen);
        Assert.False(Read(("urls", $"http://127.0.0.1:1;http://0.0.0.0:2;{address}")).IsOpen);
    }

    [Fact]
    public void Ports_without_an_address_are_for_everybody()
    {
        Assert.False(Read(("http_ports", "8080")).IsOpen);
        Assert.False(Read(("https_ports", "8443")).IsOpen);
        Assert.True(Read(("http_ports", "8080"), ("urls", "http://127.0.0.1:8080")).IsOpen); // As ASP.NET Core reads it.
    }

    [Fact]
    public void Whoever_sets_a_key_wants_it_asked_for()
    {
        Assert.False(Read(("urls", "http://127.0.0.1:1"), ("Access:AdminKey", Key)).IsOpen);
        Assert.False(Read(("urls", "http://127.0.0.1:1"), ("Access:Mode", "closed")).IsOpen);
        Assert.True(Read(("urls", "http://127.0.0.1:1"), ("Access:AdminKey", Key), ("Access:Mode", "open")).IsOpen);
    }

    [Fact]
    public void Open_server_that_others_reach_is_refused()
    {
        var problem = Assert.Single(Refused(("urls", "http://0.0.0.0:8080"), ("Access:Mode", "open")));
        Assert.Contains("http://0.0.0.0:8080", problem, StringComparison.Ordinal);
        Assert.Contains("Access:Mode to closed", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_wrong_setting_is_named_and_no_key_repeated()
    {
        var problems = Refused(("Access:Mode", "ajar"), ("Access:AdminKey", $"{Key}0"), ("Access:AuditsVisibleTo", "friends"), ("Access:OpenMetrics", "maybe"), ("Access:RequestsPerMinute", "59"), ("Access:LogDays", "0"));
        string[] settings = ["Access:Mode", "Access:AdminKey", "Access:AuditsVisibleTo", "Access:OpenMetrics", "Access:RequestsPerMinute", "Access:LogDays"];
        Assert.Equal(settings.Length, problems.Count);
        Assert.All(settings, setting => Assert.Single(problems, problem => problem.StartsWith(setting, StringComparison.Ordinal)));
        Assert.All(problems, problem => Assert.DoesNotContain("0123456789", problem, StringComparison.Ordinal));
    }

    [Fact]
    public void Tokens_are_let_in_from_a_safe_issuer_for_this_server_alone()
    {
        var tokens = Read(("Access:Authority", "https://login.example/realm"), ("Access:Audience", "batchxai"), ("Access:AdminRole", "ml-admin"));
        Assert.False(tokens.IsOpen);
        Assert.Equal((KeyScope.Viewer, KeyScope.Submitter, KeyScope.Admin), (tokens.Issuer!.Roles.Scopes["batchxai-viewer"], tokens.Issuer.Roles.Scopes["batchxai-submitter"], tokens.Issuer.Roles.Scopes["ml-admin"]));
        Assert.NotNull(Read(("Access:Authority", "http://127.0.0.1:9"), ("Access:Audience", "batchxai")).Issuer);
        Assert.Null(Read(("urls", "http://127.0.0.1:1")).Issuer);
        foreach (var authority in new[] { "http://login.example", "login.example", "ftp://login.example", "" })
        {
            var problems = Refused(("Access:Authority", authority), ("Access:Audience", authority.Length == 0 ? "batchxai" : ""), ("Access:ViewerRole", "x"), ("Access:AdminRole", "x"));
            Assert.StartsWith("Access:Authority", problems[0], StringComparison.Ordinal);
            Assert.Contains(problems, problem => problem.StartsWith("Access:AdminRole is 'x'", StringComparison.Ordinal));
            Assert.Equal(authority.Length > 0, problems.Any(problem => problem.StartsWith("Access:Audience", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public void People_sign_in_where_the_issuer_knows_this_server_and_it_says_where_it_is_found()
    {
        var options = Read(("Access:Authority", "https://login.example"), ("Access:ClientId", "batchxai"), ("Access:PublicAddress", "https://batchxai.example"));
        Assert.Null(options.Issuer!.Audience); // No token is let in: none says that it is for this server.
        Assert.Equal(("batchxai", null, "openid profile"), (options.Issuer.Client!.Id, options.Issuer.Client.Secret, string.Join(' ', options.Issuer.Client.Scopes)));
        Assert.Equal("https://batchxai.example/", options.PublicAddress!.AbsoluteUri);
        foreach (var address in new[] { "batchxai.example", "http://batchxai.example", "https://batchxai.example/path", "https://batchxai.example/?a=b" })
        {
            Assert.StartsWith($"Access:PublicAddress is '{address}'", Assert.Single(Refused(("Access:PublicAddress", address))), StringComparison.Ordinal);
        }

        var problems = Refused(("Access:ClientSecret", "kept"), ("Access:SignInScopes", "openid"));
        Assert.Equal(["Access:ClientSecret is set", "Access:SignInScopes is set"], problems.Select(problem => problem[..problem.IndexOf(" and ", StringComparison.Ordinal)]));
        Assert.All(problems, problem => Assert.DoesNotContain("kept", problem, StringComparison.Ordinal));
        Assert.StartsWith("Access:SignInScopes is 'email'", Assert.Single(Refused(("Access:Authority", "https://login.example"), ("Access:ClientId", "batchxai"), ("Access:SignInScopes", "email"))), StringComparison.Ordinal);
        Assert.StartsWith("Access:Authority is ''", Assert.Single(Refused(("Access:ClientId", "batchxai"))), StringComparison.Ordinal);
    }

    private static AccessOptions Read(params (string Name, string Value)[] settings) =>
        AccessOptions.Read(new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(setting => setting.Name, setting => (string?)setting.Value)).Build());

    private static IReadOnlyList<string> Refused(params (string Name, string Value)[] settings) => Assert.Throws<UserErrorException>(() => Read(settings)).Problems;
}
