using BatchXai.Cli;
using BatchXai.Cli.Commands;
using BatchXai.Cli.Output;
using BatchXai.Worker.Inspect;

if (ScriptTrial.Run(args) is { } trial)
{
    return trial;
}

var screen = Screen.OfProcess();
using var stop = new StopSignals(screen);
return await CommandLine.RunAsync(args, screen, stop.Token);
