using System.Net;
using BatchXai.Contracts.Api;
using BatchXai.Coordinator.Tests.Data;
using BatchXai.Testing.Services;
using Xunit;

namespace BatchXai.Coordinator.Tests.Api;

public sealed class OutageTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Database_that_does_not_answer_is_no_fault_of_the_server()
    {
        await using var postgres = await PostgresServer.StartPrivateAsync(Ct);
        await using var server = await ApiServer.StartAsync(await TestDatabase.StartOnAsync(postgres, Ct));
        await server.GetAsync<AuditList>("/api/audits");
        await postgres.KillAsync(Ct);
        Assert.Contains("Try again", Assert.Single(await ApiServer.RefusedAsync(HttpStatusCode.ServiceUnavailable, await server.Client.GetAsync("/api/audits", Ct))), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await server.Client.GetAsync("/health/ready", Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await server.Client.GetAsync("/health/live", Ct)).StatusCode);
    }
}
