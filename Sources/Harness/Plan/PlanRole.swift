import Foundation
package import InstanceLimits
import ReliableQueue
package import Reporting

/// Makes a model of what studies have measured, and asks it what a load needs.
package struct PlanRole: Sendable {
    /// The model, and how far it is off.
    package let check: ModelCheck
    private let folders: [RecordedFolder]

    /// The model of a study of scale and one of growth.
    ///
    /// - Throws: ``HarnessError/results(_:)`` for a folder that is none, ``HarnessError/run(_:)`` for one with too few trials.
    package init(scale: String, growth: String) throws(HarnessError) {
        let (scale, growth) = (try RecordedFolder(scale), try RecordedFolder(growth))
        folders = [scale, growth]
        let trials: CSVReader<ScaleTrialRow> = try scale.table()
        let growthTrials: CSVReader<GrowthTrialRow> = try growth.table()
        // Those of growth first: their half must have a small backlog and a large one, however many the others are.
        let cells = CostCell.cells(of: growthTrials.rows) + CostCell.cells(of: trials.rows)
        let queueProtocol = trials.rows.first.flatMap { QueueProtocol(rawValue: $0.protocolName) }
        let setting = CostModel.Setting(
            processors: scale.manifest.host.cores, manyTasks: queueProtocol?.fewestOfTransaction)
        check = try ModelCheck(of: cells, in: setting)
    }

    /// What a load needs on machines of a type.
    package func plan(_ load: PlannedLoad, on type: InstanceType) -> CapacityPlan {
        CapacityPlan(load, on: type, by: check)
    }

    /// The model's errors and the plans, to be read.
    package func table(of plans: [CapacityPlan]) -> PlanTable {
        let key = RunKey.study("")
        return PlanTable(model: check.rows(key), plans: plans.map { PlanRow($0, key) })
    }

    /// Writes the model, its check and the plans into a folder of their own.
    package func write(_ plans: [CapacityPlan], into output: String, commandLine: [String]) throws(HarnessError) {
        let (source, began) = (SourceRevision.current(), Date())
        let folder = try RunFolder(output: output)
        let key = RunKey.study(folder.runID)
        do {
            try CSVWriter.write(check.rows(key), into: folder.path)
            try CSVWriter.write(check.unseen.map { ModelCheckRow($0, key) }, into: folder.path)
            try CSVWriter.write(plans.map { PlanRow($0, key) }, into: folder.path)
            let record = StudyRecord(
                files: [ModelRow.fileName, ModelCheckRow.fileName, PlanRow.fileName], setUp: nil, seed: 0,
                facts: [
                    "name": .string("plan"), "sources": .array(folders.map { .string($0.manifest.runID) }),
                ], commandLine: commandLine)
            var manifest = Manifest(
                of: record, runID: folder.runID, startedAt: began, host: try HostFacts.collect(), source: source,
                exitStatus: 0)
            try manifest.sign(record.files, in: folder.path)
            try manifest.write(into: folder.path)
        } catch {
            throw HarnessError(error)
        }
    }
}

extension ModelCheck {
    /// A row for each term of each figure.
    fileprivate func rows(_ key: RunKey) -> [ModelRow] {
        CostFigure.allCases.flatMap { figure in
            let errors = self.errors(of: figure)
            return model.terms(of: figure).map { term in
                ModelRow(
                    key: key, figure: figure.rawValue, term: term.name, coefficient: term.coefficient,
                    unseen: unseen.count { $0.figure == figure }, medianError: errors?.median ?? .nan,
                    worstError: errors?.worst.error ?? .nan, worstCell: errors?.worst.cell ?? "")
            }
        }
    }
}

extension ModelCheckRow {
    fileprivate init(_ unseen: ModelCheck.Unseen, _ key: RunKey) {
        self.init(
            key: key, figure: unseen.figure.rawValue, cell: unseen.cell, measured: unseen.measured,
            predicted: unseen.predicted, error: unseen.error)
    }
}

extension PlanRow {
    /// What a plan comes to.
    fileprivate init(_ plan: CapacityPlan, _ key: RunKey) {
        let load = plan.load
        self.init(
            key: key, instance: plan.type.name, ratePerSecond: load.rate, claim: load.claim, backlog: load.backlog,
            payloadBytes: load.payload, taskCPUMicroseconds: load.taskCPU * 1e6,
            taskWaitMicroseconds: load.taskWait * 1e6, roundTripMicroseconds: load.roundTrip * 1e6,
            utilisation: load.utilisation, serversWithCredits: plan.serversWithCredits.expected,
            serversForEver: plan.serversForEver.expected, serversForBacklog: plan.serversForBacklog.expected,
            serversAtMost: plan.servers.most, replicas: load.replicas,
            backlogBytes: Int(plan.backlogBytes.rounded(.up)), slots: plan.slots,
            workersWithCredits: plan.workersWithCredits.expected,
            workersForEver: plan.workersForEver.expected, creditsLastSeconds: plan.creditsLast,
            bytesPerSecondOfServer: plan.bytesPerSecondOfServer,
            machinesForNetwork: plan.machinesForNetwork?.expected)
    }
}
