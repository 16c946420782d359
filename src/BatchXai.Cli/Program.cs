using BatchXai.Cli;
using BatchXai.Cli.Commands;
using BatchXai.Cli.Output;

var screen = Screen.OfProcess();
using var stop = new StopSignals(screen);
return await CommandLine.RunAsync(args, screen, stop.Token);
