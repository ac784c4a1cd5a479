"""French."""

from massline.engine.languages.language import Language, words

LANGUAGE = Language(
    "fr",
    stop_words=words(
        """
        le la les l un une des du de d et ou mais donc or ni car que qui quoi dont où à au aux en dans
        par pour sur avec sans sous entre vers chez ne pas plus moins très trop aussi bien ce cet cette
        ces mon ma mes ton ta tes son sa ses notre nos votre vos leur leurs je j tu il elle on nous vous
        ils elles me te se lui y est sont était être avoir a ai as ont avait fait faire peut dois doit
        comme comment quand pourquoi si tout tous toute toutes même c s n m t qu
        """
    ),
    question_words=words("qui quand où pourquoi comment quel quelle quels quelles combien est-ce"),
    titles=("M", "Mme", "Mlle", "Monsieur", "Madame", "Camarade"),
    name_cues=("je m['’]appelle",),
)
