using BatchXai.Clusters.Sabotage;
using BatchXai.Coordinator;
using BatchXai.Hosting.Server;
using BatchXai.Worker;
using BatchXai.Worker.Inspect;

// The coordinator and the worker as they ship, with what a test wants to go wrong in them: BatchXai.Clusters coordinator|worker
if (ScriptTrial.Run(args) is { } trial)
{
    return trial;
}

var plan = SabotagePlan.Parse(Environment.GetEnvironmentVariable(SabotagePlan.Variable));
return await ServerProgram.RunAsync(() => args is ["coordinator"] ? CoordinatorHost.Build([], builder => builder.Sabotage(plan)) : WorkerHost.Build([], builder => builder.Sabotage(plan)));
