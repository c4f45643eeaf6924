# Rows of frames that a document does not carry are left out of documents.csv (zeros = false), and are made here.
of_document = ["document", "outlet", "date", "period", "cluster", "sentences", "group"]
every = documents.drop_duplicates("document")[of_document].merge(documents[["frame"]].drop_duplicates(), how="cross")
documents = every.merge(documents.drop(columns=of_document[1:]), how="left", on=["document", "frame"])
counts = [name for name in documents.select_dtypes("number") if name != "without_rule"]
documents[counts] = documents[counts].fillna(0)
