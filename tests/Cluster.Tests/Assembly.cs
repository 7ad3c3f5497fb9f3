// Clusters share the machine's two cores and its network: one test at a time.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
