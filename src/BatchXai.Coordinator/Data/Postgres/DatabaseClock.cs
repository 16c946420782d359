using Npgsql;

namespace BatchXai.Coordinator.Data;

/// <summary>
/// This machine's clock, set by the database's: leases and silences are times in rows that several coordinators write, and machines disagree about the time.
/// Timers and durations are this machine's own.
/// </summary>
internal sealed class DatabaseClock(TimeProvider machine) : TimeProvider
{
    private long offset;

    /// <summary>What is added to the machine's time.</summary>
    public TimeSpan Offset => new(Volatile.Read(ref offset));

    public override long TimestampFrequency => machine.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => machine.GetUtcNow() + Offset;

    public override long GetTimestamp() => machine.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => machine.CreateTimer(callback, state, dueTime, period);

    /// <summary>Asks the database for its time. Exact to half a round trip.</summary>
    public async Task SetAsync(NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var command = new NpgsqlCommand("SELECT clock_timestamp()", connection);
        var asked = machine.GetUtcNow();
        var time = (DateTime)(await command.ExecuteScalarAsync(cancellationToken))!;
        var answered = machine.GetUtcNow();
        Volatile.Write(ref offset, (new DateTimeOffset(time) - asked - ((answered - asked) / 2)).Ticks);
    }
}
