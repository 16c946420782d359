namespace BatchXai.Coordinator.Tests.Data;

public enum DatabaseKind
{
    Sqlite,
    Postgres,
}
