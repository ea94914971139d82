import Glibc

/// A queue with one server, simulated task by task: each waits for what is left of the one before it (D. V. Lindley, 1952).
struct SimulatedQueue {
    private(set) var waits: [Double] = []
    private(set) var services: [Double] = []
    /// Tasks that came in a unit of time.
    let arrivalRate: Double
    /// The share of tasks that found the server busy.
    let busyShare: Double

    /// So many tasks come at random, `rate` in a unit of time.
    ///
    /// - Parameters:
    ///   - service: draws a service time.
    ///   - setUp: draws what comes on top of it for a task that finds the server idle.
    init(
        tasks: Int, rate: Double, seed: UInt64, service: (inout SeededGenerator) -> Double,
        setUp: (inout SeededGenerator) -> Double = { _ in 0 }
    ) {
        var random = SeededGenerator(seed: seed)
        var (time, free, busy) = (0.0, 0.0, 0)
        waits.reserveCapacity(tasks)
        services.reserveCapacity(tasks)
        for _ in 0..<tasks {
            time += random.exponential() / rate
            let drawn = service(&random)
            services.append(drawn)
            waits.append(max(0, free - time))
            if free > time { busy += 1 }
            free = free > time ? free + drawn : time + drawn + setUp(&random)
        }
        arrivalRate = Double(tasks) / time
        busyShare = Double(busy) / Double(tasks)
    }

    var meanWait: Double { waits.reduce(0, +) / Double(waits.count) }

    /// The wait that a share of the tasks does not exceed.
    func wait(share: Double) -> Double { waits.sorted()[Int(share * Double(waits.count))] }
}

extension SeededGenerator {
    /// A number from 0 up to 1.
    mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }

    /// An exponentially distributed number of mean 1.
    mutating func exponential() -> Double { -log(1 - unit()) }
}
