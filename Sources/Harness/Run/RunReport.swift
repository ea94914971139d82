import Foundation
import InstanceLimits
import Measurement
import Redis
import ReliableQueue
import Reporting
import Workload

/// Turns a run's journals into its files and its table.
struct RunReport {
    let settings: RunSettings
    let folder: RunFolder
    let record: RunRecord
    /// How many tasks the plan has, by counting them: the generators' own count is what is to be checked. `nil` for one that only
    /// ends by time.
    let planned: Int?

    /// Writes every file of the run's folder.
    func write() throws -> RunOutcome {
        let key = self.key
        let journals = try RunJournals(folder: folder)
        let analysis = RunAnalysis(
            journals, leftovers: record.leftovers, sink: try record.sink?.record(), samples: record.samples,
            key: key, arrival: settings.scenario.arrival,
            claimsAreExclusive: settings.queueProtocol.isFenced)
        let setup = try self.setup(sent: analysis.audit.sent + analysis.audit.unacknowledged)
        let summary = try SummaryRow(
            key: key, setup: setup, counts: counts(analysis), messages: analysis.messages, pace: pace(analysis),
            cost: cost())
        try CSVWriter.write([summary], into: folder.path)
        try CSVWriter.write(analysis.latency, into: folder.path)
        try CSVWriter.write(analysis.io, into: folder.path)
        try CSVWriter.write(analysis.accuracy, into: folder.path)
        try CSVWriter.write(analysis.intervals, into: folder.path)
        try CSVWriter.write(analysis.generators, into: folder.path)
        try CSVWriter.write(processes(key, analysis.timeline), into: folder.path)
        if record.sink != nil { try CSVWriter.write(analysis.sink, into: folder.path) }
        if let instance = record.instance, instance.isBurstable {
            try CSVWriter.write(instance.rows(key, analysis.timeline), into: folder.path)
        }
        let clocks = try record.gathered?.rows(key, host: HostFacts.collect().name) ?? []
        if record.gathered != nil { try CSVWriter.write(clocks, into: folder.path) }
        let faults = record.faults.map { events in
            FaultAnalysis(events, journals, lost: summary.counts.lost == nil ? nil : analysis.lost)
                .rows(key, setup, analysis.timeline)
        }
        if let faults { try CSVWriter.write(faults, into: folder.path) }
        let table = RunTable(
            summary: summary, latencies: analysis.latency, io: analysis.io, accuracy: analysis.accuracy,
            clocks: clocks
        ).render()
        let outcome = RunOutcome(
            folder: folder.path, table: table, summary: summary, latencies: analysis.latency, io: analysis.io,
            faults: faults, record: record)
        try writeManifest(exitStatus: outcome.exitCode)
        return outcome
    }

    /// Which run it is: a cell of a sweep, or one by itself.
    private var key: RunKey {
        settings.cell ?? RunKey(runID: folder.runID, cellID: settings.scenario.name, repetition: 1)
    }

    private func processes(_ key: RunKey, _ timeline: RunTimeline) -> [ProcessRow] {
        record.readings.map { reading in
            ProcessRow(
                key: key, atSeconds: timeline.seconds(at: reading.time), role: reading.process.role,
                name: reading.process.name, memoryBytes: reading.footprint.memoryBytes,
                fileDescriptors: reading.footprint.fileDescriptors, threads: reading.footprint.threads)
        }
    }

    /// - Parameter sent: how many tasks were sent, for a plan that does not say how many there are.
    private func setup(sent: Int) throws -> RunSetup {
        let scenario = settings.scenario
        return RunSetup(
            protocolName: scenario.queueProtocol, durability: scenario.durability, transport: record.transport,
            arrival: "\(scenario.arrival)", workers: scenario.workers, slots: scenario.slots, claim: scenario.claim,
            leaseSeconds: scenario.lease.seconds, seed: scenario.seed, tasksPlanned: planned ?? sent,
            instance: record.instance.map { instance in
                RunSetup.Instance(
                    type: instance.type.name, isHeld: instance.isHeld,
                    credits: instance.isBurstable ? scenario.credits ?? "launch" : nil,
                    timeScale: instance.isBurstable ? instance.timeScale : nil)
            }, payloadBytes: scenario.payload, roundTripSeconds: scenario.rtt?.seconds,
            topology: record.topology.rawValue, minReplicas: settings.redis == nil ? scenario.minReplicas : nil)
    }

    private func counts(_ analysis: RunAnalysis) -> TaskCounts {
        let audit = analysis.audit
        return TaskCounts(
            sent: audit.sent, unacknowledged: audit.unacknowledged, acked: audit.acked,
            ackedUnconfirmed: audit.ackedUnconfirmed, failed: audit.failed, dead: audit.dead,
            lost: record.leftovers == nil ? nil : audit.lost,
            duplicated: audit.duplicated, recovered: audit.recovered, unexpected: audit.unexpected,
            staleAcks: audit.staleAcks, unknownAcks: audit.unknownAcks,
            leftInRedis: record.leftovers == nil ? nil : audit.leftInRedis,
            executions: audit.executions, retries: audit.retries,
            inexactResults: analysis.results.inexact.values.reduce(0, +),
            wrongResults: analysis.results.wrong, workerDeaths: record.workerDeaths,
            workerRestarts: record.workerRestarts, overTimeLimit: record.overTimeLimit)
    }

    private func pace(_ analysis: RunAnalysis) -> RunPace {
        let timeline = analysis.timeline
        let offered = timeline.offeredPerSecond
        let arriving = offered ?? (settings.isBacklog ? 0 : timeline.sentPerSecond ?? 0)
        return RunPace(
            durationSeconds: timeline.duration, offeredPerSecond: offered, sentPerSecond: timeline.sentPerSecond,
            ackedPerSecond: timeline.ackedPerSecond,
            steadyFromSeconds: timeline.steady.map { timeline.seconds(at: $0.from) },
            steadyToSeconds: timeline.steady.map { timeline.seconds(at: $0.to) },
            backlogSlopePerSecond: Trend(analysis.backlog)?.slope,
            verdict: LoadVerdict.judge(backlog: analysis.backlog, arrivalRate: arriving),
            generators: GeneratorSummary(analysis.generators))
    }

    private func cost() throws -> RunCost {
        let (start, end) = (record.infoAtStart, record.infoAtEnd)
        func difference(_ name: String, own: Int) -> UInt64? {
            end.map { UInt64(max(0, $0.integer(name) - start.integer(name) - own)) }
        }
        let own = record.ownTraffic
        return RunCost(
            conductorCPUSeconds: try ProcessSample.current().cpuSeconds - record.ownCPUSecondsAtStart,
            generatorCPUSeconds: record.generatorCPUSeconds, workerCPUSeconds: record.workerCPUSeconds,
            sinkCPUSeconds: record.sink == nil ? nil : record.sinkCPUSeconds,
            redisCPUSeconds: end.map { $0.cpuSeconds - start.cpuSeconds },
            redisCommands: difference("total_commands_processed", own: own.commands),
            redisBytesIn: difference("total_net_input_bytes", own: own.bytesOut),
            redisBytesOut: difference("total_net_output_bytes", own: own.bytesIn),
            redisPeakMemoryBytes: record.peakRedisMemoryBytes == 0 ? nil : record.peakRedisMemoryBytes,
            workersPeakMemoryBytes: record.peakMemoryOfWorkersBytes)
    }

    private func writeManifest(exitStatus: Int32) throws {
        let scenario = settings.scenario
        let source = SourceRevision.current()
        var manifest = Manifest(
            runID: key.runID, startedAt: record.began, endedAt: record.ended, exitStatus: Int(exitStatus),
            commit: source.commit, dirty: source.isDirty, host: try HostFacts.collect(),
            hosts: record.gathered?.processes, versions: Versions.all,
            redis: RedisFacts(version: record.server.version, record.serverSettings),
            transport: record.transport, protocolName: scenario.queueProtocol, durability: scenario.durability,
            instance: scenario.instance, seed: scenario.seed, workload: .object(scenario.facts),
            commandLine: settings.commandLine,
            sha256: [:])
        try manifest.sign(
            [
                SummaryRow.fileName, LatencyRow.fileName, IORow.fileName, AccuracyRow.fileName, IntervalRow.fileName,
                ProcessRow.fileName,
                GeneratorRow.fileName,
            ] + (record.sink == nil ? [] : [SinkRow.fileName])
                + (record.instance?.isBurstable == true ? [CreditRow.fileName] : [])
                + (record.gathered == nil ? [] : [ClockRow.fileName])
                + (record.faults == nil ? [] : [FaultRow.fileName]), in: folder.path)
        try manifest.write(into: folder.path)
    }
}
