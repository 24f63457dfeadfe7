"""The 1,024 English words of a codename, in the order of their numbers.

Common, short, neutral. The first four letters tell each word from every other, and no two are one slip apart.
The order is part of the format: a word moved, added or taken away would change what codes already given out say.
"""

_LIST = """
abacus acacia acorn acrobat adobe aerial afloat agate agenda air album alcove algae almond aloe alpaca alphabet amber
amount anchor angle anise annual ant antique antler anvil apple apricot apron aqua arbor archive area armchair aroma
aspen asphalt aster athlete atlas atom auburn audio aurora author autumn avenue avocado axis axle azure back badge
bagel bakery balance balcony bamboo banana banjo barber bargain barley basalt basic basket bath baton bazaar beacon
bean bedroom bee beech beetle beige bell beret berry bicycle bike billow birch bird biscuit bison bitter blanket
blazer blend blink blossom blouse blue board boat bobcat bongo bonnet bottle boulder bounce bouquet bowl box braid
branch brass bread breeze brick bridge brioche broccoli bronze broom brother brown brush bubble bucket bud budget
buffet bugle bulb bundle bunny burlap burrow button buzz cabbage cabin cable cactus cadence cafe calcium calendar calf
camel canal candy canoe canvas canyon car caramel carbon cargo caribou carnival carpet carry carve cascade cashew
cattle cavern cedar ceiling celery cello cement century ceramic cereal chair chalk chamois channel chapter charcoal
chateau chemist cherry chess chimney chip chisel chive chorus chowder chrome cicada cinder cinema cinnamon circle
citrus city clap clarinet classic clause cliff climate clock cloud club cluster coach coast cobalt cobbler cocoa
coffee coin collar colt column comb comet comfort comic comma compass concert condor cone console contour convex
copper copy coral corner cosmos cottage couple cousin cover crab cradle craft crane crayon creek crevice cricket crisp
crop crouton cruise crumb crystal cube cuckoo cucumber cuff culture cup cupboard curator curd curtain cushion cutlery
cycle cymbal cypress daffodil dahlia dance decimal decorate deer delta denim desk dessert detour dew diagram dial
diamond diary diesel diet dimple dinner diploma dish diver doctor doll dolphin domain domino door dot double dough
down dozen dragon drama drawer dress drift drive drizzle drum duck duffel dune dust eagle early earth easel easy echo
eclipse ecology edit egg elastic elbow elder electric element elephant eleven elixir elm emerald enamel encore enigma
entry envelope epic episode equator essay estuary etching evening exotic fabric falcon family fan farm faucet feather
felt fern ferret festival fetch fiddle field fig film filter five fjord flame flannel flask flax fleece flint floor
floral flow fluffy flute foam focus foil foliage fondue forest fork fortune forum fossil fountain foyer freckle friend
fringe frog frolic frost frozen fruit fudge fuel funnel gadget galaxy gallery garage garden garlic garnet gather gauze
gazelle gecko gelatin gem genius gerbil geyser gherkin giraffe glacier glass glaze glider globe gnome gold gondola
goose gopher gourd grace graph green griddle grin grocery grotto guava guest guitar gulf gymnast habitat haddock
halibut halo hamlet hammer hamster hand harmony harness harp harvest hat hawk hazel heart helium hen herb heron
herring hexagon hickory hill hinge history hobby hockey holiday hollow home honey horizon horse hotel hub hubcap
hummus hybrid hydrant ice iceberg icicle icon idiom igloo iguana inch increase indigo ink inkwell inland inlet invoice
iris item ivy jacket jade jaguar jam jasmine jazz jelly jersey jetty jewel jigsaw jingle journey joyful jubilee jug
juice junior kale kangaroo kayak kazoo kelp kernel kettle key kilo kimono kiosk kitchen kite kitten kiwi knit knob
knuckle koala label ladder lagoon lake lamb language lantern larch lasagna lasso lattice laundry laurel lava lavender
lawn layer leaf lecture ledger legume lemon lemur lentil lesson letter lichen lid life light lilac lily linen lion
list lizard llama lobster lodge loop lotus lounge luggage lullaby lumber lunar lunch lupine lynx lyric machine magenta
magic magnet magpie mallard mammal mango manor map maple marble margin marker marmot marsh mascot mauve maze meadow
meal mellow melody mentor menu meteor metro midnight millet mineral minnow mint mirror monitor monsoon month moon
moped morning mosaic moss motor move muffin museum music mussel mustard napkin nature nebula nectar needle nephew net
nickel niece nimble nine noodle nougat novel nozzle nugget nutmeg nylon oak oasis oatmeal oboe ocean ocelot octagon
octopus office okra olive omega omelet onion onyx opera optic orange orbit orchard ordinary oregano origin oriole
osprey otter outfit outline oval oven oxygen oyster ozone pacific package paint pajamas palace palette palm pancake
panda panel panther papaya paper paprika parcel park parrot parsley partner pasta patio pattern pavilion paw pea
peacock peanut pebble pecan pedal peel pelican pencil penguin peony pepper perch perfume petunia photo piano piccolo
pickle picnic picture pie pigeon pinball piston pixel pizza plaid planet plate plaza plume plywood pocket poem polar
polka pollen poncho pond pool popcorn porridge position postcard potato pottery pouch powder practice prairie prism
protein pudding pulley pulp pumpkin puppet putty puzzle pyramid quail quantity quart quince rabbit raccoon radio rail
ravine rebus recipe reef regatta relax relic remember resin resort rhubarb rhyme rhythm ribbon ride ring ripple road
robin robot rock roof rope route rowboat rubber ruby rudder ruler run runway rustic rye saddle safari saffron salad
salmon salt sample sandal sapphire satin sauce sausage scale scarf scene scheme school science scissors scooter score
scroll season seat seaweed section sequel series sesame shade shawl shelf sherbet shift shine shop shoulder shovel
shrimp shrub shuffle siesta sieve silk silver siren skate sketch ski skirt skylark slipper snack snail snow soap
soccer soda solve sonata song sorbet sorrel space spaniel spatula sphere spider spinach spiral splash sponge spoon
spring sprout spruce squid stable stadium stamp standard station stencil stereo stick stone stool stork straw stream
student subway suit summer sundial surfing swan sweater swing swirl switch symbol syrup tablet tadpole tailor talent
tapestry taxi teach teapot tennis terrace test texture thimble thistle thread thunder ticket timber tinsel tissue tofu
tomato tooth topaz tortoise toucan tower toy tractor train transit trapeze travel tray treasure tree trellis triangle
tricycle trolley trout truck trumpet tugboat tulip tuna turnip turtle tuxedo tweed twig twilight twine ukulele
umbrella uncle unicorn universe upstairs valley vanilla varnish vase vector velvet veranda verse viaduct video view
village vintage violet vista voice volcano volume vowel voyage waffle wagon walkway walnut walrus warbler water wax
web wedding whale wheat wheel wicker window winter wise wren wrist xylem yacht yard yarrow yoga yogurt yolk zebra
zenith zephyr zigzag zinc zinnia zipper zodiac zoo zucchini
"""
WORDS = tuple(_LIST.split())
