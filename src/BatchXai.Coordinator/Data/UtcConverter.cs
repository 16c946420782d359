using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace BatchXai.Coordinator.Data;

/// <summary>Moments are UTC and whole microseconds, in both databases: PostgreSQL keeps no finer ones, SQLite no kind.</summary>
internal sealed class UtcConverter() : ValueConverter<DateTime, DateTime>(value => Utc(value), value => Utc(value))
{
    private static DateTime Utc(DateTime value) => new(value.Ticks - (value.Ticks % TimeSpan.TicksPerMicrosecond), DateTimeKind.Utc);
}
