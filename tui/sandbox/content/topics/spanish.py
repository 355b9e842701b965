"""Conversaciones en español."""

# ruff: noqa: E501 - messages stay on one line each, as they are read

from __future__ import annotations

from functools import partial

from tui.sandbox.content.topic import Topic, note, them, us

_Spanish = partial(Topic, language="es")

TOPICS = (
    _Spanish(
        "es-cobro-doble",
        ("billing", "refund"),
        ("Cobro duplicado de {amount}", "Me han cobrado dos veces en {month}", "Dos cargos en la tarjeta {last4}"),
        (
            "En el extracto aparecen [[dos cargos|dos pagos]] de {amount} y solo tengo una cuenta {plan}. ¿Podéis devolverme uno, por favor?",
            "Me habéis cobrado {double} en lugar de {amount}. La factura {invoice} la reconozco; la {invoice2} no sé de quién es, pero mía no.",
        ),
        (
            note("Segundo cargo por reintento tras timeout. Reembolso hecho. @Declan, otro más para la lista."),
            us(
                "Tiene usted razón: el proveedor de pagos tardó en contestar y nuestro sistema lo intentó otra vez. Ya he devuelto {amount}; tarda de tres a cinco días laborables en verse en la tarjeta {last4}. Perdón por el susto."
            ),
            them("¡Qué rapidez, gracias! ¿Me mandáis el abono para la gestoría?", "Perfecto, muchas gracias."),
            us("t1: Adjunto el abono. También está en **Ajustes → Facturación → Documentos**.", files=("abono.pdf",)),
        ),
        mood="negative",
        weight=5,
    ),
    _Spanish(
        "es-factura",
        ("vat", "billing"),
        ("o1: Falta el NIF en la factura {invoice}", "Factura a nombre de {store}", "o2: Cambiar datos fiscales"),
        (
            "La gestoría me devuelve la factura {invoice} porque no lleva nuestro NIF ({vatid}). ¿Podríais volver a emitirla a nombre de {store}?",
            "Las facturas salen a mi nombre y no al de la empresa. Desde {month}. Ya sé, ya sé, tendría que haberlo mirado antes.",
        ),
        (
            us(
                "Hecho: he validado {vatid}, he vuelto a emitir la factura a nombre de {store} y la adjunto. A partir de ahora saldrán todas así.",
                files=("factura.pdf",),
            ),
            them("Ideal, gracias.", "Gracias, pero la calle sigue siendo la antigua: ahora es calle del Puerto, 14."),
            us(
                "t2: Corregida y adjunta otra vez. La dirección estaba guardada en dos sitios, cosas nuestras.",
                files=("factura.pdf",),
            ),
        ),
        weight=4,
    ),
    _Spanish(
        "es-etiquetas",
        ("bug",),
        (
            "o1: Las etiquetas salen en blanco",
            "o2: La {printer} corta el código de barras",
            "o1: No imprime desde el {day}",
        ),
        (
            "Desde el {day} la {printer} saca una etiqueta en blanco después de cada buena. {n} envíos, {n} etiquetas a la basura. No hemos tocado nada (ya sé que lo dicen todos).",
            "~hola, el código de barras de {carrier} sale cortado y el repartidor no se lleva los paquetes. os mando foto",
        ),
        (
            us(
                "Le creo :) {carrier} cambió el formato de 4×6 pulgadas a 100×150 mm. En **Ajustes → Impresión** elija «100 × 150 mm» y haga lo mismo en el controlador de la impresora."
            ),
            them(
                "¡Era eso! No lo habría encontrado en la vida.",
                "Cambiado y sigue igual. Adjunto captura.",
                files=("captura.png",),
            ),
            us(
                "t2: En la captura el controlador sigue en 4×6. Por desgracia el controlador siempre gana. Cámbielo ahí también y listo."
            ),
        ),
        channels="ecc",
        files=("foto.jpg",),
        weight=5,
    ),
    _Spanish(
        "es-caida",
        ("outage",),
        ("¿Está caído Tidewater?", "URGENTE: no salen etiquetas", "Error 503 desde las {clock}"),
        (
            "Desde las {clock} todo se queda en «Preparando…». Tengo {n} pedidos esperando y {carrier} pasa a las cinco. ¿Es cosa nuestra?",
            "~[[¿se ha caído algo?|¿está caído o soy yo?|¿qué pasa hoy?]] la página de estado está verde, aquí el único verde soy yo",
        ),
        (
            us(
                "No es cosa suya, es nuestra: desde las {clock} falla la creación de etiquetas. El equipo ha encontrado la causa y está volviendo a la versión anterior; calculo entre 20 y 40 minutos. Le escribo aquí en cuanto funcione."
            ),
            them(
                "Gracias por la sinceridad. El repartidor espera hasta y media.",
                "Ya han pasado 40 minutos… ¿alguna novedad?",
            ),
            us(
                "Ya funciona todo y la cola está vacía. Si le falta alguna etiqueta, imprímala otra vez: no se cobra dos veces."
            ),
            them("¡Funciona! Qué alivio.", "Confirmado, han salido las {n}. Gracias."),
        ),
        mood="negative",
        channels="cce",
        weight=5,
    ),
    _Spanish(
        "es-aduanas",
        ("how-to", "carrier"),
        ("o1: Primer envío a {to}", "o1: ¿Qué pongo en la aduana?", "o2: Paquete devuelto desde {to}"),
        (
            "¡Nuestra primera venta a {to}! 🎉 Ahora el formulario me pide código HS, origen y EORI. Vendemos {product}. ¿Qué pongo?",
            "Un paquete para {to} ha vuelto a las {few} semanas: «faltan datos de aduana». Yo juraría que los puse todos.",
        ),
        (
            us(
                "o1: ¡Enhorabuena! En resumen:\n\n1. Código HS: escriba «{product}» en el buscador junto al campo\n2. Origen: dónde se fabricó\n3. EORI: solo para exportación comercial; si no, vacío\n\nEl impreso correcto (CN22 o CN23) lo sacamos nosotros.",
                "o2: He mirado los datos: estaba todo, pero en la descripción ponía «regalo» y la aduana quiere saber qué clase de regalo. Ponga «{product}» y envíelo otra vez; la primera etiqueta ya está abonada.",
            ),
            them("u1: ¡Ya va de camino! Clarísimo, gracias.", "¿Y el valor, si es un reemplazo por uno roto?"),
            us("t2: Siempre el valor real, nunca cero (los de cero los abren), y como motivo «reemplazo»."),
        ),
        channels="ec",
        weight=4,
    ),
    _Spanish(
        "es-baja",
        ("churn risk", "billing"),
        ("Quiero darme de baja", "Cancelar {plan}", "o1: Cierre de {store}"),
        (
            "Por favor, cancelad el plan {plan} a final de mes. No es por vosotros: cerramos la tienda física y {colleague} se jubila, y el que sabía imprimir etiquetas era {colleague}.",
            "Llevo {minutes} minutos buscando cómo darme de baja y ya he encontrado tres formas de pagar más. ¿Me ayudáis?",
        ),
        (
            us(
                "o1: Confirmado: el plan termina con el mes pagado y no habrá más cargos. Sus datos quedan disponibles un año. ¡Y feliz jubilación!",
                "o2: Tiene razón, está demasiado escondido. Lo he cancelado yo. Si hay algo que pudimos hacer mejor, de verdad que me gustaría saberlo.",
            ),
            them("Gracias por ponerlo tan fácil.", "o2: La verdad, la aplicación del móvil. El resto, muy bien."),
        ),
        mood="negative",
        weight=3,
    ),
    _Spanish(
        "es-api",
        ("api",),
        ("o1: Error 422 al crear etiquetas", "o2: ¿Una etiqueta o dos? ({order})", "Duda con la API"),
        (
            'No entiendo este error:\n\n```\nPOST /v2/labels\n{"peso": "0,450", "pedido": "{order}"}\n\n422 invalid_weight  {reqid}\n```\n\nCuatrocientos cincuenta gramos son positivos aquí y en la China.',
            "¿Hay clave de idempotencia para crear etiquetas? Se nos cayó el proceso justo después de enviar y no sabemos si hay una etiqueta o dos para {order}.",
        ),
        (
            us(
                "o1: Es la coma: envíe un número en kilos, `0.450`, y el campo se llama `weight`. El mensaje debería decirlo; he abierto {ticket} para que lo diga.",
                "o2: Sí: la cabecera `Idempotency-Key`, la recordamos 24 horas. Para {order} hay exactamente una etiqueta.",
            ),
            them("o1: Una coma. Dos horas. Gracias.", "o2: Qué alivio. ¡Gracias!"),
        ),
        channels="e",
        weight=3,
    ),
    _Spanish(
        "es-enfado",
        ("complaint", "carrier"),
        ("o1: TERCER paquete perdido", "Reclamación", "Nadie me contesta"),
        (
            "Tercer paquete perdido este mes ({tracking}), {money2} en {product}, y cada vez la misma respuesta copiada. Quiero hablar con una persona.",
            "Es la {few}.ª vez que lo explico. ¿Tomáis notas? ¿Las leéis? Espero desde el {day}.",
        ),
        (
            note("Lo llevo yo y le llamo hoy. Abono de {money2} aprobado por Robin.", who=2),
            us(
                "o1: Soy Tomás Quintero, lo he leído todo y desde ahora su caso es mío. He abonado ya los {money2} en su saldo, sin esperar a {carrier}. Mañana le escribo otra vez, haya noticias o no.",
                "o2: Soy Tomás Quintero. Sí, lo he leído todo, también las {few} explicaciones. Tiene razón: su caso ha ido de mano en mano. Desde ahora es mío, y mañana antes de comer tiene usted una respuesta de verdad.",
            ),
            them("Gracias. Por fin alguien que lee.", "Veremos. Quedo a la espera."),
            us(
                "o1: Como prometí: dos de los tres han aparecido en {town}, encima de un armario y boca abajo. Van de camino. El dinero del tercero se lo queda usted."
            ),
        ),
        mood="negative",
        channels="e",
        weight=4,
    ),
    _Spanish(
        "es-gracias",
        ("praise",),
        ("¡Gracias!", "Un abrazo al equipo", "o2: Etiqueta número {lots}"),
        (
            "Solo quería dar las gracias: {mate} estuvo conmigo en el chat hasta las {clock} del {day} y salieron los {n} pedidos. Invitadle a un café de mi parte ☕",
            "~hoy hemos impreso la etiqueta número {lots} 🎉🎉 empezamos en la cocina con {product} y mira ahora",
        ),
        (
            us(
                "o1: ¡Qué alegría de mensaje! Se lo leo ahora mismo a todo el equipo. El café ya está pedido.",
                "o2: ¡{lots}! Un saludo a la cocina donde empezó todo.",
            ),
        ),
        mood="positive",
        channels="ec",
        weight=3,
    ),
    _Spanish(
        "es-acceso",
        ("how-to",),
        ("No puedo entrar", "o1: No llega el correo de la contraseña", "o2: Cambio de móvil"),
        (
            "No me llega el correo para cambiar la contraseña, ni a spam. He pulsado {few} veces, así que mañana llegarán {few} juntos.",
            "~[[he cambiado de móvil|móvil nuevo|se me cayó el móvil al mar]] y no tengo los códigos. los de recuperación están «en un sitio seguro», o sea perdidos para siempre",
        ),
        (
            us(
                "Sin problema. Una comprobación rápida: ¿de cuánto fue la última factura, más o menos, y cuál fue el último pedido que envió?"
            ),
            them("{amount}, y el pedido {order}.", "unos {amount} y el último fue {order}"),
            us(
                "o2: Coincide, gracias. El acceso nuevo va de camino. Y esta vez guarde los códigos en un sitio inseguro, donde se encuentren.",
                "o1: Coincide, gracias. El enlace va de camino, uno solo. Los otros {few} los puede borrar mañana sin leerlos.",
            ),
        ),
        channels="cce",
        weight=4,
    ),
)
