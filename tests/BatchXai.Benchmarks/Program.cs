using System.Globalization;
using BatchXai.Benchmarks;
using BatchXai.Benchmarks.Distributed;
using BatchXai.Benchmarks.Soak;

// Usage: BatchXai.Benchmarks throughput --model M --data D [--masks F] [--batch-size 32] [--rounds 3] [preprocessing flags of batchxai run]
//        BatchXai.Benchmarks memory
//        BatchXai.Benchmarks executor --model M [--batch-size 16]
//        BatchXai.Benchmarks zoo [--out folder]
//        BatchXai.Benchmarks soak [--minutes 5] [--seed S]
//        BatchXai.Benchmarks dispatch [--items 1000000]
//        BatchXai.Benchmarks browse [--items 1000000]
//        BatchXai.Benchmarks pages [--items 1000000]
//        BatchXai.Benchmarks scaling|overhead --model M --data D [preprocessing flags of batchxai run]
using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, press) => { press.Cancel = true; stop.Cancel(); };
return args switch
{
    ["throughput", .. var rest] => await Throughput.RunAsync(rest, stop.Token),
    ["memory", .. var rest] => await MemoryGrowth.RunAsync(rest, stop.Token),
    ["executor", .. var rest] => await Executor.RunAsync(rest),
    ["zoo"] => await Zoo.RunAsync("zoo", stop.Token),
    ["zoo", "--out", var folder] => await Zoo.RunAsync(folder, stop.Token),
    ["soak", .. var rest] => await SoakRun.RunAsync(rest, stop.Token),
    ["dispatch"] => await DispatchRun.RunAsync(1_000_000, stop.Token),
    ["dispatch", "--items", var items] => await DispatchRun.RunAsync(int.Parse(items, CultureInfo.InvariantCulture), stop.Token),
    ["browse"] => await BrowseRun.RunAsync(1_000_000, stop.Token),
    ["browse", "--items", var items] => await BrowseRun.RunAsync(int.Parse(items, CultureInfo.InvariantCulture), stop.Token),
    ["pages"] => await PagesRun.RunAsync(1_000_000, stop.Token),
    ["pages", "--items", var items] => await PagesRun.RunAsync(int.Parse(items, CultureInfo.InvariantCulture), stop.Token),
    ["scaling", .. var rest] => await ScalingRun.RunAsync(rest, stop.Token),
    ["bare", .. var rest] => await BareProcess.RunAsync(rest), // What scaling starts to know its bound.
    ["overhead", .. var rest] => await OverheadRun.RunAsync(rest, stop.Token),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("Expected: throughput <batchxai run flags> | memory <batchxai run flags> | executor --model M | dispatch [--items N] | browse [--items N] | pages [--items N] | scaling <flags> | overhead <flags> | soak --minutes N | zoo --out F. See README.md beside this project.");
    return 3;
}
