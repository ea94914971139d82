/// A part of a run that can be confined to an instance.
package enum InstanceRole: String, CaseIterable, Hashable, Sendable {
    case redis, workers, monitors, load, sink

    /// What stands on the instance unless something else is said: the generator and the sink stand for the rest of the world.
    package static let standard: Set<InstanceRole> = [.redis, .workers, .monitors]

    /// The form of a written set, for error messages.
    static let forms = "some of " + allCases.map(\.rawValue).joined(separator: ", ") + ", with commas between"

    /// Reads names with commas between.
    package static func roles(parsing text: String) throws(WorkloadError) -> Set<InstanceRole> {
        var roles: Set<InstanceRole> = []
        for name in text.split(separator: ",", omittingEmptySubsequences: false) {
            guard let role = InstanceRole(rawValue: String(name.trimmed)) else {
                throw .invalid(what: "instance-roles", value: text, allowed: forms)
            }
            roles.insert(role)
        }
        return roles
    }

    /// The canonical text of a set.
    package static func text(_ roles: Set<InstanceRole>) -> String {
        allCases.filter(roles.contains).map(\.rawValue).joined(separator: ",")
    }
}
