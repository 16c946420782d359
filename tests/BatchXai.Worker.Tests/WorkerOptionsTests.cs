using BatchXai.Contracts;
using BatchXai.Storage.Blobs;
using Microsoft.Extensions.Configuration;
using Xunit;

namespace BatchXai.Worker.Tests;

public sealed class WorkerOptionsTests
{
    [Fact]
    public void Settings_of_a_worker_program_have_defaults() =>
        Assert.Equal(new WorkerOptions { StallSeconds = 120, TrustScripts = false, GraceSeconds = 60 }, WorkerOptions.Read(Configuration([])));

    [Fact]
    public void Settings_are_read() =>
        Assert.Equal(
            new WorkerOptions { Slots = 1, StallSeconds = null, Device = "cuda:1", TorchThreads = 4, TrustScripts = true, ModelGiB = 12, GraceSeconds = 300 },
            WorkerOptions.Read(Configuration(new()
            {
                ["Worker:Slots"] = "1", ["Worker:StallSeconds"] = "0", ["Worker:Device"] = "cuda:1", ["Worker:TorchThreads"] = "4",
                ["Worker:TrustScripts"] = "true", ["Worker:ModelGiB"] = "12", ["Worker:GraceSeconds"] = "300",
            })));

    [Fact]
    public void Silent_store_is_given_up_before_a_run_that_waits_for_it_is_thought_to_stand_still()
    {
        const double Jitter = 1.2; // Of the pauses, by the client's documentation.
        var retry = BlobAccount.Options().Retry;
        var pauses = Enumerable.Range(0, retry.MaxRetries).Sum(pause => Math.Min(retry.MaxDelay.TotalSeconds, retry.Delay.TotalSeconds * Math.Pow(2, pause) * Jitter));
        Assert.InRange(((retry.MaxRetries + 1) * retry.NetworkTimeout.TotalSeconds) + pauses, 60, WorkerOptions.Read(Configuration([])).StallSeconds!.Value - 10);
    }

    [Fact]
    public void Every_wrong_setting_is_named()
    {
        var error = Assert.Throws<UserErrorException>(() => WorkerHost.Build(["--Worker:Slots=none", "--Worker:Device=gpu", "--Worker:TrustScripts=perhaps"]));
        string[] named = ["Worker:Slots", "Worker:Device", "Worker:TrustScripts", "Broker:Uri", "Blobs:"];
        Assert.All(named, name => Assert.Contains(error.Problems, problem => problem.Contains(name, StringComparison.Ordinal)));
        Assert.Equal(named.Length, error.Problems.Count);
    }

    private static IConfiguration Configuration(Dictionary<string, string?> settings) => new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
}
