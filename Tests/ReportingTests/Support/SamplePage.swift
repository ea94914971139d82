import Reporting

/// A page with something everywhere.
func samplePage() -> TopPage {
    var page = TopPage(
        queue: "orders", queueProtocol: "lease", server: "redis://10.0.0.1:6379", clock: "12:34:56 UTC")
    page.tasks.waiting = 1_234_567
    (page.tasks.retry, page.tasks.delayed) = (3, 12)
    (page.tasks.held, page.tasks.claims, page.tasks.expired) = (514, 3, 1)
    (page.tasks.dead, page.tasks.failed, page.tasks.orphaned) = (2, 14, 1)
    page.latest = sampleRates(seconds: 1)
    page.smoothed = sampleRates(seconds: 10)
    (page.waits.predicted, page.waits.nextDue, page.waits.ping) = (12.2, 0.08, 0.000_12)
    page.people = [
        .init(name: "workers", count: 4, hosts: 2, idleSeconds: 0),
        .init(name: "monitors", count: 1, hosts: 1, idleSeconds: 9),
        .init(name: "producers", count: 1, hosts: 1, idleSeconds: 0),
    ]
    page.producers = 1
    page.claims = [
        .init(name: "k3.17", holder: "k3", tasks: 2, leftSeconds: -0.5, renewal: nil),
        .init(name: "a9.4", holder: "a9", tasks: 256, leftSeconds: 3.25, renewal: .atLeast(1)),
        .init(name: "b2.90", holder: "b2", tasks: 256, isEveryTaskSeen: false, leftSeconds: 4.9, renewal: .ago(0.1)),
    ]
    page.letters = [
        .init(id: "00c0ffee00c0ffee.12.3", kind: "fib-gmp", reason: "its worker vanished 6 times"),
        .init(id: "00c0ffee00c0ffee.12.2", kind: "message", reason: "this worker has no sink"),
    ]
    page.commands = [
        .init(name: "evalsha", perSecond: 412, meanMicroseconds: 95.2, p99Microseconds: 180),
        .init(name: "rpush", perSecond: 396, meanMicroseconds: 40, p99Microseconds: nil),
    ]
    addServer(to: &page)
    return page
}

private func sampleRates(seconds: Double) -> TopPage.Rates {
    var rates = TopPage.Rates(seconds: seconds)
    (rates.enqueued, rates.batches, rates.claims) = (50_000, 195.3, 390)
    (rates.handedOut, rates.done, rates.isDoneEstimated) = (100_900, 101_000, true)
    (rates.backlog, rates.dead) = (-51_002, 2)
    return rates
}

private func addServer(to page: inout TopPage) {
    (page.machine.version, page.machine.usedBytes, page.machine.peakBytes) = ("7.0.15", 64 << 20, 80 << 20)
    (page.machine.limitBytes, page.machine.fragmentation) = (2 << 30, 1.05)
    (page.machine.processors, page.machine.commandsPerSecond, page.machine.connections) = (0.345, 2_345, 11)
    var log = TopPage.AppendOnly()
    (log.policy, log.bytes, log.pendingSyncs, log.isRewriteSound) = ("everysec", 123 << 20, 1, false)
    page.saving.log = log
    page.credits = .init(
        instance: "t2.small", balance: 29.5, allowedProcessors: 1, throttledSeconds: 0.5, timeScale: 60, ageSeconds: 1)
}
