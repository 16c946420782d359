return await BatchXai.Coordinator.CoordinatorHost.RunAsync(args);
