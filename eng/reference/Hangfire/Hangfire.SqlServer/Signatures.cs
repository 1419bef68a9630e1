// Declarations of just the members of Hangfire 1.8.24 (assembly Hangfire.SqlServer) that src/Filing.Hangfire uses. They do nothing and are never shipped.
using System.Data.Common;

namespace Hangfire.SqlServer;

public class SqlServerStorage : JobStorage
{
    public SqlServerStorage(Func<DbConnection> connectionFactory) => throw new NotSupportedException();

    public override Storage.IStorageConnection GetConnection() => throw new NotSupportedException();
}
