package import InstanceLimits
import Processes
package import Workload

/// Whether an instance type fits into this machine.
package struct InstanceFit: Sendable {
    private let catalogue: InstanceCatalogue
    private let processors: Int
    private let memoryBytes: UInt64

    /// That of a machine of that size.
    package init(_ catalogue: InstanceCatalogue, processors: Int, memoryBytes: UInt64) {
        self.catalogue = catalogue
        self.processors = processors
        self.memoryBytes = memoryBytes
    }

    /// That of this machine, or of what its control group leaves of it.
    package init(here catalogue: InstanceCatalogue) throws(HarnessError) {
        self.init(
            catalogue, processors: Processors.allowed.count, memoryBytes: UInt64(try AvailableMemory.bytes()))
    }

    /// Throws when the scenario's instance, if it has one, has more processors or more memory than there are.
    package func check(_ scenario: Scenario) throws(WorkloadError) {
        guard let name = scenario.instance else { return }
        let type: InstanceType
        do throws(CatalogueError) { type = try catalogue[name] } catch {
            throw .unknown(what: "instance", name: name, allowed: catalogue.types.map(\.name))
        }
        guard type.processors <= processors else {
            throw .invalid(
                what: "instance", value: name,
                allowed: "a smaller type, since it has \(type.processors) processors, and here are \(processors)")
        }
        guard type.memoryBytes <= memoryBytes else {
            throw .invalid(
                what: "instance", value: name,
                allowed: "a smaller type, since it has \(type.memoryGiB) GiB of memory, more than there is here")
        }
    }

    /// Throws when Redis is to be on an instance, and is not the run's own.
    ///
    /// - Throws: ``HarnessError/usage(_:)``.
    package static func check(_ scenario: Scenario, hasOwnServer: Bool) throws(HarnessError) {
        guard scenario.instance != nil, !hasOwnServer else { return }
        guard !(scenario.instanceRoles ?? InstanceRole.standard).contains(.redis) else {
            throw .usage(
                "a server that was given can't be put on an instance: leave out --redis, or say --instance-roles without redis"
            )
        }
    }
}
