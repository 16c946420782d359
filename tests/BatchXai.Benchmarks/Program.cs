using BatchXai.Benchmarks;
using BatchXai.Benchmarks.Soak;

// Usage: BatchXai.Benchmarks throughput --model M --data D [--masks F] [--batch-size 32] [--rounds 3] [preprocessing flags of batchxai run]
//        BatchXai.Benchmarks memory
//        BatchXai.Benchmarks executor --model M [--batch-size 16]
//        BatchXai.Benchmarks soak [--minutes 5] [--seed S]
using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, press) => { press.Cancel = true; stop.Cancel(); };
return args switch
{
    ["throughput", .. var rest] => await Throughput.RunAsync(rest, stop.Token),
    ["memory", .. var rest] => await MemoryGrowth.RunAsync(rest, stop.Token),
    ["executor", .. var rest] => await Executor.RunAsync(rest),
    ["soak", .. var rest] => await SoakRun.RunAsync(rest, stop.Token),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("Expected: throughput <batchxai run flags> | memory <batchxai run flags> | executor --model M | soak --minutes N. See README.md beside this project.");
    return 3;
}
