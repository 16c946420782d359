using BatchXai.Hosting.Health;
using BatchXai.Worker;
using BatchXai.Worker.Inspect;

return ScriptTrial.Run(args) ?? await HealthProbe.RunAsync(args) ?? await WorkerHost.RunAsync(args);
