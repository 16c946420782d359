using BatchXai.Contracts;
using BatchXai.Contracts.Models;
using BatchXai.Hosting.Messaging;
using BatchXai.Worker.Explain;
using BatchXai.Worker.Runs;
using Microsoft.Extensions.Hosting;

namespace BatchXai.Worker.Inspect;

/// <summary>The inspections of this process, one a key. As a run does, an inspection goes on while the broker is away.</summary>
internal sealed class ModelInspections(ModelFiles files, ModelCache models, CoordinatorLine coordinator, IHostApplicationLifetime process)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, Task> running = [];

    /// <summary>Begins an inspection, or joins the one with the same key. Done when the coordinator has its answer.</summary>
    public Task AnswerAsync(InspectModel question)
    {
        lock (gate)
        {
            return running.TryGetValue(question.Key, out var known) ? known : running[question.Key] = Task.Run(() => InspectAsync(question, process.ApplicationStopping));
        }
    }

    /// <summary>Answers that the model cannot be inspected.</summary>
    public Task RefuseAsync(InspectModel question, string reason) =>
        coordinator.TellAsync(Queues.Plans, new ModelInspected(question.Key, null, [$"{question.Model.Path}: {reason}"]), process.ApplicationStopping);

    private async Task InspectAsync(InspectModel question, CancellationToken cancellationToken)
    {
        try
        {
            var (description, problems) = await DescribeAsync(question, cancellationToken);
            await coordinator.TellAsync(Queues.Plans, new ModelInspected(question.Key, description, problems), cancellationToken);
        }
        finally
        {
            lock (gate)
            {
                running.Remove(question.Key);
            }
        }
    }

    private async Task<(ModelDescription? Description, IReadOnlyList<string> Problems)> DescribeAsync(InspectModel question, CancellationToken cancellationToken)
    {
        try
        {
            using var local = await files.FetchAsync(question.Model, null, cancellationToken);
            return await ModelInspector.InspectAsync(question.Model, local.Spec, question.Methods, models, cancellationToken);
        }
        catch (UserErrorException error)
        {
            return (null, error.Problems);
        }
        catch (Exception unforeseen) when (unforeseen is not OperationCanceledException)
        {
            return (null, [$"{question.Model.Path}: it cannot be inspected: {unforeseen.Message.Split('\n')[0].Trim()}"]);
        }
    }
}
