using BatchXai.Contracts.Results;
using BatchXai.Coordinator.Tests.Aggregate;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace BatchXai.Coordinator.Tests.Data;

public sealed class CausalRowsTests
{
    private static readonly CausalResult Full = new()
    {
        Item = 3,
        Label = "ü,\"\n🦩",
        Split = "val",
        Group = "g",
        MaskKind = MaskKind.Boxes,
        Test = CausalTest.MixedSame,
        Fill = CausalFill.Blur,
        Status = CausalStatus.Ok,
        Donor = 1L << 40,
        CorrectBefore = true,
        ProbabilityBefore = .25,
        Predicted = 7,
        Confidence = .5,
        Correct = false,
        Probability = 1.0 / 3,
        Flipped = true,
    };

    private static readonly CausalResult Bare = new() { Item = 4, Split = "", MaskKind = MaskKind.Mask, Test = CausalTest.BackgroundBlurred, Fill = CausalFill.Diffusion, Status = CausalStatus.NoBackground };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, EachDatabase]
    public async Task Every_value_of_a_row_comes_back_in_the_order_of_items(DatabaseKind kind)
    {
        await using var database = await TestDatabase.StartAsync(kind, Ct);
        var (audit, other) = (await ItemRowsTests.AddAuditAsync(database), await ItemRowsTests.AddAuditAsync(database));
        await WriteAsync(database, audit, 2, [Bare]);
        await WriteAsync(database, audit, 1, [Full, Full with { Fill = CausalFill.Diffusion, Flipped = null, Donor = null, Group = null }]);
        await WriteAsync(database, other, 0, [Bare]);

        await using var db = await database.OpenAsync(Ct);
        Assert.Equal([Full, Full with { Fill = CausalFill.Diffusion, Flipped = null, Donor = null, Group = null }, Bare], await db.CausalResultsOf(audit).ToListAsync(Ct));
        Assert.Equal([Bare], await db.CausalResultsOf(other).ToListAsync(Ct));
        Assert.Equal([Bare], await db.CausalResultsOf(audit, [1, 4, 1L << 50], Ct).ToListAsync(Ct));
        Assert.Equal(3, (await db.CausalResultsOf(audit, [.. Enumerable.Range(0, 1_200).Select(item => 1_199L - item)], Ct).ToListAsync(Ct)).Count); // in several questions
        Assert.Equal("mixed_same blur ok", await db.Database.SqlQueryRaw<string>("SELECT test || ' ' || fill || ' ' || status AS \"Value\" FROM causal_results WHERE flipped").SingleAsync(Ct));
    }

    [Theory, EachDatabase]
    public async Task Rows_go_with_their_audit(DatabaseKind kind)
    {
        await using var database = await TestDatabase.StartAsync(kind, Ct);
        var (gone, kept) = (await ItemRowsTests.AddAuditAsync(database), await ItemRowsTests.AddAuditAsync(database));
        await WriteAsync(database, gone, 0, [Full]);
        await WriteAsync(database, kept, 0, [Full]);

        await using var db = await database.OpenAsync(Ct);
        await database.Dialect.DeleteAuditAsync(db, gone, Ct);

        Assert.Equal(kept, (await db.CausalResults.SingleAsync(Ct)).AuditId);
        if (kind == DatabaseKind.Postgres)
        {
            Assert.Equal(1, await db.Database.SqlQueryRaw<int>("SELECT count(*)::int AS \"Value\" FROM pg_class WHERE relname LIKE 'causal\\_results\\_%' AND relkind = 'r'").SingleAsync(Ct));
        }
    }

    internal static async Task WriteAsync(TestDatabase database, Guid audit, int shard, IEnumerable<CausalResult> rows)
    {
        await using var db = await database.OpenAsync(Ct);
        await using var transaction = await db.Database.BeginTransactionAsync(Ct);
        await database.Dialect.WriteCausalAsync(db, audit, shard, Sample.Stream(rows), Ct);
        await transaction.CommitAsync(Ct);
    }
}
