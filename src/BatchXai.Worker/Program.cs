using BatchXai.Worker;
using BatchXai.Worker.Inspect;

return ScriptTrial.Run(args) ?? await WorkerHost.RunAsync(args);
