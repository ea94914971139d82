package import Workload

extension Scenario {
    /// Throws when it wants something of the servers that only private ones can give, and there are none.
    ///
    /// - Throws: ``HarnessError/usage(_:)``.
    package func check(hasOwnServer: Bool) throws(HarnessError) {
        guard !hasOwnServer else { return }
        if let fault, fault.kind.target == .redis {
            throw .usage("the fault \(fault) is for a private server: leave out --redis")
        }
        guard topology == .standalone, minReplicas == 0 else {
            let what = topology == .standalone ? "min-replicas" : "the topology \(topology.rawValue)"
            throw .usage(
                "\(what) is for private servers, and that of a given one follows from its URL: leave out --redis")
        }
        try InstanceFit.check(self, hasOwnServer: hasOwnServer)
    }
}
