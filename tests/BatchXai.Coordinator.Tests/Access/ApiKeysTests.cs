using BatchXai.Contracts;
using BatchXai.Contracts.Api;
using BatchXai.Coordinator.Access;
using BatchXai.Coordinator.Data;
using BatchXai.Coordinator.Tests.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace BatchXai.Coordinator.Tests.Access;

public sealed class ApiKeysTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, EachDatabase]
    public async Task Key_is_found_by_its_secret_until_it_is_revoked_or_expires(DatabaseKind kind)
    {
        await using var database = await TestDatabase.StartAsync(kind, Ct);
        var (keys, clock) = Open(database);
        var created = await keys.CreateAsync(new() { Name = "ci", Scope = KeyScope.Submitter, ExpiresInDays = 2 }, "key:root", Ct);
        var text = KeyText.Parse(created.Text)!;
        Assert.Equal((created.Key.Id, "ci", KeyScope.Submitter, "key:root"), (text.Id, created.Key.Name, created.Key.Scope, created.Key.CreatedBy));
        Assert.Equal(created.Key.CreatedAt.AddDays(2), created.Key.ExpiresAt);
        Assert.Equal(created.Key, await keys.FindAsync(text, Ct));
        Assert.Null(await keys.FindAsync(KeyText.Parse($"bxk_{text.Id}_{new string('0', 64)}")!, Ct));
        Assert.Null(await keys.FindAsync(KeyText.Make(), Ct));

        var revoked = (await keys.RevokeAsync(text.Id, Ct))!;
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(revoked, await keys.RevokeAsync(text.Id, Ct)); // Twice is as once.
        Assert.NotNull(revoked.RevokedAt);
        Assert.NotNull((await keys.FindAsync(text, Ct))!.RevokedAt);
        Assert.Null(await keys.RevokeAsync("nokey", Ct));
    }

    [Theory, EachDatabase]
    public async Task Use_is_noted_to_the_hour(DatabaseKind kind)
    {
        await using var database = await TestDatabase.StartAsync(kind, Ct);
        var (keys, clock) = Open(database);
        var text = KeyText.Parse((await keys.CreateAsync(new() { Name = "ci", Scope = KeyScope.Viewer }, null, Ct)).Text)!;
        Assert.Null(Assert.Single(await keys.ListAsync(Ct)).LastUsedAt);
        foreach (var (minutes, hour) in new[] { (0, 10), (20, 10), (20, 10), (20, 11) })
        {
            clock.Advance(TimeSpan.FromMinutes(minutes));
            await keys.FindAsync(text, Ct);
            Assert.Equal(new DateTimeOffset(2026, 1, 1, hour, 0, 0, TimeSpan.Zero), Assert.Single(await keys.ListAsync(Ct)).LastUsedAt);
        }
    }

    [Fact]
    public async Task Administrator_whose_key_opens_nothing_is_none()
    {
        await using var database = await TestDatabase.StartAsync(DatabaseKind.Sqlite, Ct);
        var (keys, clock) = Open(database);
        await keys.CreateAsync(new() { Name = "ci", Scope = KeyScope.Submitter }, null, Ct);
        Assert.False(await keys.HasAdminAsync(Ct));
        var revoked = await keys.CreateAsync(new() { Name = "root", Scope = KeyScope.Admin }, null, Ct);
        Assert.True(await keys.HasAdminAsync(Ct));
        await keys.RevokeAsync(revoked.Key.Id, Ct);
        Assert.False(await keys.HasAdminAsync(Ct));
        await keys.CreateAsync(new() { Name = "root", Scope = KeyScope.Admin, ExpiresInDays = 1 }, null, Ct);
        Assert.True(await keys.HasAdminAsync(Ct));
        clock.Advance(TimeSpan.FromDays(1));
        Assert.False(await keys.HasAdminAsync(Ct));
    }

    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("-dash")]
    [InlineData("<script>")]
    [InlineData("line\n")]
    [InlineData("ünder")]
    public async Task Hostile_name_is_refused_together_with_the_rest(string name)
    {
        await using var database = await TestDatabase.StartAsync(DatabaseKind.Sqlite, Ct);
        var problems = (await Assert.ThrowsAsync<UserErrorException>(() => Open(database).Keys.CreateAsync(new() { Name = name, Scope = KeyScope.Admin, ExpiresInDays = 0 }, null, Ct))).Problems;
        Assert.StartsWith("name: ", problems[0], StringComparison.Ordinal);
        Assert.StartsWith("expiresInDays: 0.", problems[1], StringComparison.Ordinal);
    }

    private static (ApiKeys Keys, FakeTimeProvider Clock) Open(TestDatabase database)
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 1, 1, 10, 5, 0, TimeSpan.Zero));
        return (new(database.Services.GetRequiredService<IDbContextFactory<AuditDb>>(), clock), clock);
    }
}
