import Foundation
import Reporting
import Testing

@Suite("Host facts")
struct HostFactsTests {
    private let root: TemporaryDirectory

    init() throws { root = try TemporaryDirectory() }

    @Test("this machine has a name, a core and memory")
    func thisMachine() throws {
        let facts = try HostFacts.collect()
        #expect(facts.name != "unknown" && !facts.name.isEmpty)
        #expect(facts.cores >= 1)
        #expect(facts.memoryBytes > 1 << 28)
    }

    @Test("facts come from the kernel's files")
    func facts() throws {
        try root.put("box\n", at: "proc/sys/kernel/hostname")
        try root.put("6.1.0-13\n", at: "proc/sys/kernel/osrelease")
        let cpu = "processor\t: 0\nmodel name\t: AMD EPYC: a CPU \n\nprocessor\t: 1\nmodel name\t: other\n"
        try root.put(cpu, at: "proc/cpuinfo")
        try root.put("MemTotal:       2048 kB\nMemFree: 1 kB\n", at: "proc/meminfo")
        let facts = try HostFacts.collect(root: root.path)
        #expect(
            facts
                == HostFacts(
                    name: "box", kernel: "6.1.0-13", cpuModel: "AMD EPYC: a CPU", cores: 2, memoryBytes: 2_097_152,
                    cgroup: CGroupLimits()))
    }

    @Test("an arm64 kernel without a model name, and one without any file")
    func unknowns() throws {
        try root.put("processor\t: 0\nBogoMIPS\t: 50.00\n", at: "proc/cpuinfo")
        let facts = try HostFacts.collect(root: root.path)
        #expect(facts.cpuModel == "unknown" && facts.cores == 1)
        #expect(facts.name == "unknown" && facts.memoryBytes == 0)
    }

    @Test("v2: of a group and those above it the tightest limit counts")
    func unified() throws {
        try root.put("0::/a/b\n", at: "proc/self/cgroup")
        try root.put("30 24 0:26 / /sys/fs/cgroup rw,nosuid shared:4 - cgroup2 cgroup2 rw\n", at: "proc/self/mountinfo")
        try root.put("max 100000\n", at: "sys/fs/cgroup/a/b/cpu.max")
        try root.put("20000 100000\n", at: "sys/fs/cgroup/a/cpu.max")
        try root.put("2147483648\n", at: "sys/fs/cgroup/a/b/memory.max")
        try root.put("max\n", at: "sys/fs/cgroup/a/memory.max")
        try root.put("0-1\n", at: "sys/fs/cgroup/a/b/cpuset.cpus.effective")
        #expect(try limits() == CGroupLimits(cpus: 0.2, memoryBytes: 1 << 31, cpuset: "0-1"))
    }

    @Test("v1: each controller has its own mount, and a container sees its part of the tree only")
    func legacy() throws {
        try root.put("4:memory:/docker/x\n3:cpuset:/\n1:cpu,cpuacct:/docker/x/y\n0::/\n", at: "proc/self/cgroup")
        let mounts = """
            30 24 0:26 /docker/x /sys/fs/cgroup/cpu,cpuacct rw - cgroup cgroup rw,cpu,cpuacct
            31 24 0:27 /docker/x /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory
            32 24 0:28 / /sys/fs/cgroup/cpuset rw - cgroup cgroup rw,cpuset
            33 24 0:29 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw

            """
        try root.put(mounts, at: "proc/self/mountinfo")
        try root.put("50000\n", at: "sys/fs/cgroup/cpu,cpuacct/y/cpu.cfs_quota_us")
        try root.put("100000\n", at: "sys/fs/cgroup/cpu,cpuacct/y/cpu.cfs_period_us")
        try root.put("-1\n", at: "sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us")
        try root.put("100000\n", at: "sys/fs/cgroup/cpu,cpuacct/cpu.cfs_period_us")
        try root.put("9223372036854771712\n", at: "sys/fs/cgroup/memory/memory.limit_in_bytes")
        try root.put("0-3\n", at: "sys/fs/cgroup/cpuset/cpuset.cpus")
        #expect(try limits() == CGroupLimits(cpus: 0.5, memoryBytes: nil, cpuset: "0-3"))
    }

    private func limits() throws -> CGroupLimits { try HostFacts.collect(root: root.path).cgroup }
}
