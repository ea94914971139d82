/// Where the control groups of a process are, from `/proc/self/cgroup` and `/proc/self/mountinfo`.
package struct ControlGroupMap: Sendable {
    /// The two generations of control groups.
    package enum Version: Sendable { case v1, v2 }

    /// A controller's group and the ones above it, the group itself first.
    package struct Chain: Equatable, Sendable {
        /// The generation that the controller belongs to.
        package let version: Version
        /// The folders, the innermost first.
        package let folders: [String]
    }

    private struct Mount: Sendable {
        let root: String
        let point: String
        let type: Substring
        let options: [Substring]
    }

    private let memberships: [(controllers: [Substring], group: String)]
    private let mounts: [Mount]

    /// Parses the two files' texts; see cgroups(7) and proc(5).
    package init(groups: String, mounts: String) {
        memberships = groups.split(separator: "\n").compactMap { line in
            let parts = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
            guard parts.count == 3 else { return nil }
            return (parts[1].split(separator: ","), String(parts[2]))
        }
        self.mounts = mounts.split(separator: "\n").compactMap(Self.mount)
    }

    /// The groups that limit this process with `controller`; `nil` when none is mounted.
    package func chain(of controller: String) -> Chain? {
        let name = controller[...]
        if let group = memberships.first(where: { $0.controllers.contains(name) })?.group,
            let mount = mounts.first(where: { $0.type == "cgroup" && $0.options.contains(name) })
        {
            return Chain(version: .v1, folders: Self.folders(of: group, in: mount))
        }
        if let group = memberships.first(where: \.controllers.isEmpty)?.group,
            let mount = mounts.first(where: { $0.type == "cgroup2" })
        {
            return Chain(version: .v2, folders: Self.folders(of: group, in: mount))
        }
        return nil
    }

    /// Fields of a line: id, parent, device, root, mount point, options, [tags,] "-", type, source, super options.
    private static func mount(_ line: Substring) -> Mount? {
        let fields = line.split(separator: " ")
        guard let dash = fields.firstIndex(of: "-"), dash >= 6, fields.count > dash + 3 else { return nil }
        return Mount(
            root: String(fields[3]), point: String(fields[4]), type: fields[dash + 1],
            options: fields[dash + 3].split(separator: ","))
    }

    /// The folders from the group up to the mount point. A group outside of what is mounted shows as the mount itself.
    private static func folders(of group: String, in mount: Mount) -> [String] {
        let root = mount.root == "/" ? "" : mount.root
        var parts = group.hasPrefix(root) ? group.dropFirst(root.count).split(separator: "/") : []
        var folders: [String] = []
        while true {
            folders.append(([mount.point[...]] + parts).joined(separator: "/"))
            guard parts.popLast() != nil else { return folders }
        }
    }
}
