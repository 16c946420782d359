namespace BatchXai.Coordinator.Manage;

/// <summary>What is asked for is fine by itself, but not together with what is there already, or goes on now.</summary>
/// <param name="problem">What is in the way, and what to do.</param>
public class ConflictException(string problem) : Exception(problem);
