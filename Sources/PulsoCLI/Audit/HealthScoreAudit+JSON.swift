import Metrics
import ModelFile
import Training

extension HealthScoreAudit {
  func json() -> String {
    var json = JSONText()
    json.object { json in
      json.string("verdict", verdict.rawValue)
      json.integer("rows", rows)
      json.integer("events", events)
      json.integer("rows_left_out", rowsLeftOut)
      json.estimate("churn", churn)
      json.estimate("auc", auc)
      json.array("bands") { json in
        for band in bands {
          json.object(inline: true) { json in
            json.string("band", band.colour.rawValue)
            json.string("label", band.label)
            json.integer("rows", band.rows)
            json.integer("churned", band.events)
            json.estimate("churn", band.churn)
          }
        }
      }
      json.estimate("green_that_churned", falseGreen)
      json.estimate("red_that_stayed", falseRed)
      json.estimate("red_over_green", redOverGreen?.lift)
      write("youden_cut", youdenCut, &json)
      write("economic_cut", economicCut, &json)
      json.array("inputs") { json in
        for input in inputs {
          json.object(inline: true) { json in
            json.string("name", input.name)
            json.string("nature", input.nature.rawValue)
            json.estimate("auc", input.auc)
          }
        }
      }
      json.array("redundant") { json in
        for pair in redundancies {
          json.object(inline: true) { json in
            json.string("first", pair.first)
            json.string("second", pair.second)
            json.optional("correlation", pair.correlation)
          }
        }
      }
      if let comparison {
        json.object("model") { json in
          json.integer("rows", comparison.rows)
          json.optional("score_auc", comparison.scoreAUC)
          json.optional("model_auc", comparison.modelAUC)
          json.estimate("difference", comparison.difference)
          json.optional("p_value", comparison.pValue)
        }
      } else {
        json.null("model")
      }
    }
    return json.text + "\n"
  }

  private func write(_ key: String, _ cut: Cut?, _ json: inout JSONText) {
    guard let cut else { return json.null(key) }
    json.object(key, inline: true) { json in
      json.optional("score", cut.score)
      json.optional("value", cut.value)
      json.optional("recall", cut.confusion.recall)
      json.optional("precision", cut.confusion.precision)
    }
  }
}
