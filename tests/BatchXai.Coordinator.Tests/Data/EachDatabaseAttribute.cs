using System.Reflection;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

namespace BatchXai.Coordinator.Tests.Data;

/// <summary>Runs a theory on SQLite and on PostgreSQL.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class EachDatabaseAttribute : DataAttribute
{
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker) =>
        new([.. Enum.GetValues<DatabaseKind>().Select(kind => new TheoryDataRow<DatabaseKind>(kind))]);

    public override bool SupportsDiscoveryEnumeration() => true;
}
