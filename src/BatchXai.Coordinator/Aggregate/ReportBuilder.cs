using BatchXai.Contracts.Reports;
using BatchXai.Contracts.Results;
using BatchXai.Coordinator.Aggregate.Causal;
using BatchXai.Coordinator.Aggregate.Splits;
using BatchXai.Coordinator.Aggregate.Verdicts;

namespace BatchXai.Coordinator.Aggregate;

/// <summary>Turns the rows of an audit into its report. Streams: memory grows with classes and with 4 bytes a figure and heatmap, not with rows.</summary>
public static class ReportBuilder
{
    /// <summary>Reads all rows once and makes the report.</summary>
    /// <param name="inputs">What the report says besides the results.</param>
    /// <param name="rows">All rows of the audit, in ascending order of their item.</param>
    /// <param name="causalRows">All rows of its causal tests, in the same order.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="InvalidOperationException">The rows are not ordered by item, so that items would be counted twice.</exception>
    public static async Task<OverfittingReport> BuildAsync(
        ReportInputs inputs, IAsyncEnumerable<ItemResult> rows, IAsyncEnumerable<CausalResult> causalRows, CancellationToken cancellationToken)
    {
        // Which splits there are is known at the end: items that may be all that is left without training items are counted beside all items.
        var (audit, heldOut) = (new AuditAccumulator(), new AuditAccumulator());
        await foreach (var row in rows.WithCancellation(cancellationToken))
        {
            audit.Add(row);
            if (SplitRoles.MayBeHeldOut(row.Split))
            {
                heldOut.Add(row);
            }
        }

        var (causal, heldOutCausal) = (new CausalAccumulator(audit.Grouped), new CausalAccumulator(heldOut.Grouped));
        await foreach (var row in causalRows.WithCancellation(cancellationToken))
        {
            causal.Add(row);
            if (SplitRoles.MayBeHeldOut(row.Split))
            {
                heldOutCausal.Add(row);
            }
        }

        causal.End();
        heldOutCausal.End();
        var roles = SplitRoles.Of(audit.Splits.Keys);
        return Compose(inputs, audit, causal, roles, roles is null ? (audit, causal) : (heldOut, heldOutCausal));
    }

    private static OverfittingReport Compose(
        ReportInputs inputs, AuditAccumulator audit, CausalAccumulator causal, SplitRoles? roles, (AuditAccumulator Audit, CausalAccumulator Causal) judged)
    {
        var (plan, request) = (inputs.Plan, inputs.Plan.Request);
        var ordered = audit.InOrder(request.Methods);
        var methods = ordered.Select(method => method.Figures(audit.Grouped, request.Seed)).ToList();
        var comparisons = ordered.Select(method => method.CompareZones(audit.Grouped, request.Seed)).ToList();
        var classes = ClassRows.Of(audit, ordered, request.Seed);
        var splits = SplitRows.Of(audit, ordered, request.Seed);
        var finding = HeadlineWriter.Write(methods, plan.Items, causal.Any);
        var reading = roles is null ? default : new SplitJudge(audit, causal, plan, finding, roles).Read(AuditJudge.Thresholds);
        var (verdict, classVerdicts) = new AuditJudge(judged.Audit, judged.Causal, plan, finding, inputs.Sanity, reading.Reading).Judge(
            roles is null ? methods : [.. Judged(judged.Audit, finding).Select(method => method.Figures(judged.Audit.Grouped, request.Seed))],
            roles is null ? classes : ClassRows.Of(judged.Audit, [.. Judged(judged.Audit, finding)], request.Seed));
        var model = new ReportModel
        {
            Path = request.Model.Path,
            Hash = plan.Model.Hash,
            Layer = plan.Model.Layer,
            Scores = plan.Model.Scores,
            LinearHead = plan.Model.LinearHead,
            Classes = plan.Model.Classes,
            Input = $"{plan.Model.Channels}×{plan.Model.Height}×{plan.Model.Width}",
        };
        return new OverfittingReport
        {
            AuditId = plan.AuditId,
            Name = request.Name,
            CreatedAt = inputs.CreatedAt,
            Headline = finding,
            Model = model,
            Dataset = new ReportDataset { Path = request.Dataset.Path, Hash = plan.DatasetHash, Items = plan.Items },
            Request = request,
            Outcomes = audit.Outcomes,
            Unaccounted = plan.Items - audit.All.Items,
            Accuracy = audit.All.Accuracy,
            Methods = methods,
            Classes = classes,
            Splits = splits,
            ZoneComparisons = comparisons,
            SplitReading = reading.Figures,
            Verdict = verdict,
            ClassVerdicts = classVerdicts,
            Sanity = inputs.Sanity,
            Causal = causal.Report(plan, CausalSeconds(inputs)),
            Listed = Listing.Of(ordered, methods, classes, comparisons, plan.OutputNames),
            StageSeconds = inputs.StageSeconds,
            Device = inputs.Device,
            Versions = inputs.Versions,
            Seeds = new Dictionary<string, long> { ["maskBank"] = request.Seed, ["bootstrap"] = request.Seed, ["permutation"] = request.Seed },
            Warnings = [.. plan.Model.Warnings.Concat(inputs.Warnings).Distinct()],
            Limits = ReportLimits.Of(model, methods, splits, roles, audit.Grouped, causal.Any, AuditJudge.Passed(inputs.Sanity, finding.Method) is not null),
        };
    }

    private static IEnumerable<MethodAccumulator> Judged(AuditAccumulator audit, ReportHeadline finding) =>
        finding.Method is { } method && audit.Find(method, finding.Target!) is { } found ? [found] : [];

    private static double? CausalSeconds(ReportInputs inputs) => inputs.StageSeconds.TryGetValue("causal", out var seconds) ? seconds : null;
}
