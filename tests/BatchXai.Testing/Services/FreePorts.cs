using System.Net;
using System.Net.Sockets;

namespace BatchXai.Testing.Services;

/// <summary>Loopback ports that nothing listens on.</summary>
public static class FreePorts
{
    /// <summary>So many different ports. Whoever starts a service on one again after a kill finds it at the same place.</summary>
    public static int[] Take(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        listeners.ForEach(listener => listener.Start());
        int[] ports = [.. listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port)];
        listeners.ForEach(listener => listener.Dispose());
        return ports;
    }
}
